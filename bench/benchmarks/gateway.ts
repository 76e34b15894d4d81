import { pack } from "../../runtime/wire/pack.js";
import { profileCodec } from "../generated/codecs/bench.js";
import type { Benchmark, Comparison, Runner, Sample } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";
import { profiles, rotate } from "../sample.js";
import type { CallsMade } from "../sides/load.js";

/** What a client's call costs the server. */
export const gateway: Benchmark = {
  name: "gateway",
  title: "Gateway: a client's call to a local module against an mqtt-packet echo on a bare socket",
  comparisons: [compareServers(100, 1), compareServers(50, 8)],
};

function compareServers(connections: number, inFlight: number): Comparison {
  const title = `${connections} connections, ${inFlight} in flight each`;
  return {
    title,
    floor: { label: "mqtt-packet echo", open: () => openSide("floor-server", connections, inFlight) },
    subject: { label: "gateway", open: () => openSide("antwire-server", connections, inFlight) },
    bars: [{ kind: "within", times: 1.5 }],
  };
}

async function openSide(side: string, connections: number, inFlight: number): Promise<Runner> {
  const server = await startChild(side);
  const load = await startChild("load");
  const payload = pack([profileCodec.write(rotate(profiles)())]);
  await load.request("open", { port: await server.request<number>("listen"), connections });
  return {
    async run(seconds): Promise<Sample> {
      await server.request("begin");
      const { calls, callsPerSecond, p50, p99 } = await load.request<CallsMade>("call", {
        route: "Bench/echo",
        payload,
        inFlight,
        seconds,
      });
      const cpu = await server.request<number>("end");
      return { callsPerSecond, cpu: cpu / calls, p50, p99 };
    },
    async close() {
      await load.close();
      await server.close();
    },
  };
}
