import type { Runner, Sample } from "../../harness/benchmark.js";
import type { Child } from "../../harness/child.js";
import type { CallsMade } from "../../sides/calls-in-flight.js";
import type { Category, Contest, Peer } from "../harness/peer.js";
import { startSide } from "../harness/start-side.js";

/** A client's call to the server. */
export const edge: Category = {
  name: "edge",
  title: "A client's call to the server, the clients in a process of their own",
  cpu: "of the server",
  prepare: async () => ({
    contests: [
      contest({ connections: 100, inFlight: 1, by: "recorded frames" }),
      contest({ connections: 50, inFlight: 8, by: "recorded frames" }),
      contest({ connections: 100, inFlight: 1, by: "their own clients" }),
      contest({ connections: 50, inFlight: 8, by: "their own clients" }),
    ],
    async close() {},
  }),
};

interface Load {
  readonly connections: number;
  /** Of each connection. */
  readonly inFlight: number;
  /** Who calls: what a client sent once, over and over, or the clients themselves. */
  readonly by: "recorded frames" | "their own clients";
}

/** Where a server is to be found: a URL, or Antwire's two. */
type Address = string | { readonly http: string; readonly mqtt: string };

function contest(load: Load): Contest {
  const peer = (side: string, described: Omit<Peer, "open">): Peer => ({
    ...described,
    open: () => openSide({ side, described, load, urlOf: String }),
  });
  const antwire = (label: string, door: "http" | "mqtt"): Peer => {
    const described = { label, checks: "types and ranges" } as const;
    const urlOf = (address: Address) => (typeof address === "string" ? address : address[door]);
    return { ...described, open: () => openSide({ side: "antwire", described, load, urlOf }) };
  };
  return {
    title: `${load.connections} connections, ${load.inFlight} in flight each, by ${load.by}`,
    peers: [
      antwire("Antwire over TCP", "mqtt"),
      antwire("Antwire over WebSocket", "http"),
      peer("colyseus", { label: "Colyseus, zod", from: "@colyseus/core", checks: "types and ranges" }),
      peer("socket-io", { label: "socket.io", from: "socket.io", checks: "nothing" }),
      peer("tsrpc", { label: "TSRPC", from: "tsrpc", checks: "types" }),
      peer("trpc", { label: "tRPC over WebSocket, zod", from: "@trpc/server", checks: "types and ranges" }),
    ],
  };
}

interface Plan {
  readonly side: string;
  readonly described: Omit<Peer, "open">;
  readonly load: Load;
  urlOf(address: Address): string;
}

async function openSide({ side, described, load, urlOf }: Plan): Promise<Runner> {
  const server = await startSide(`edge/${side}-server`);
  const address = await server.request<Address>("listen");
  const clients = await startSide(`edge/${side}-load`);
  const url = new URL(urlOf(address));
  const replay = load.by === "recorded frames" ? await startSide("edge/replay") : undefined;
  if (replay !== undefined) {
    const watched = { port: Number(url.port), isWebSocket: url.protocol !== "mqtt:" };
    url.port = String(await replay.request("watch", watched));
  }
  await clients.request("open", { url: url.href, connections: load.connections });
  await clients.request("check", { checks: described.checks, address });
  if (replay === undefined) return runner({ server, caller: clients, load });
  await record(clients, replay, load);
  return runner({ server, caller: replay, load });
}

/** Has as many calls recorded as there are to be in flight. */
async function record(clients: Child, replay: Child, { connections, inFlight }: Load): Promise<void> {
  for (let i = 0; i < connections * inFlight; i++) {
    await replay.request("begin");
    await clients.request("call", i % connections);
    await replay.request("keep");
  }
  await replay.request("takeOver");
  await clients.close();
}

interface Running {
  readonly server: Child;
  readonly caller: Child;
  readonly load: Load;
}

function runner({ server, caller, load }: Running): Runner {
  const inFlight = load.connections * load.inFlight;
  return {
    async run(seconds): Promise<Sample> {
      await server.request("begin");
      const {
        calls,
        cpu: clientCpu,
        ...sample
      } = await caller.request<CallsMade>("run", { inFlight, seconds });
      const cpu = await server.request<number>("end");
      return { ...sample, cpu: cpu / calls, clientCpu };
    },
    async close() {
      await caller.close();
      await server.close();
    },
  };
}
