import type { Benchmark, Runner, Sample } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";
import type { IdleConnected } from "../sides/idle-load.js";
import type { ResidentMemory } from "../sides/resident-memory.js";

/** More than this many files a process may often not open (`ulimit -n`), and these are sockets. */
const connections = 10_000;

/** What a connection takes that says nothing. */
export const idle: Benchmark = {
  name: "idle",
  title: "Idle connections: resident memory of a server, over TCP, after a garbage collection",
  comparisons: [
    {
      title: `${connections.toLocaleString("en")} connections (a call is a connection; bytes are those of one)`,
      floor: { label: "aedes alone", open: () => openSide("idle-aedes") },
      subject: { label: "gateway", open: () => openSide("idle-antwire") },
      bars: [{ kind: "bytes", most: 16_000 }],
    },
  ],
};

async function openSide(side: string): Promise<Runner> {
  return {
    // A server of its own for each run: what one has taken from the system it does not give back altogether.
    async run(): Promise<Sample> {
      const server = await startChild(side);
      const load = await startChild("idle-load");
      try {
        const port = await server.request<number>("listen");
        const before = await server.request<ResidentMemory>("memory");
        await server.request("begin");
        const { seconds, p50, p99 } = await load.request<IdleConnected>("open", { port, connections });
        const cpu = await server.request<number>("end");
        const after = await server.request<ResidentMemory>("memory");
        return {
          callsPerSecond: connections / seconds,
          cpu: cpu / connections,
          p50,
          p99,
          bytes: Math.round((after.settled - before.settled) / connections),
          memory: after.now / 2 ** 20,
        };
      } finally {
        await load.close();
        await server.close();
      }
    },
    async close() {},
  };
}
