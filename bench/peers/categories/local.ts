import type { Runner } from "../../harness/benchmark.js";
import type { Checks } from "../harness/assert-job.js";
import type { Category, Peer } from "../harness/peer.js";
import { startSide } from "../harness/start-side.js";

/** A call between two modules of one process. */
export const local: Category = {
  name: "local",
  title: "A call to another module in the same thread",
  cpu: "of the one process",
  prepare: async () => ({
    contests: [
      {
        title: "one call after the other",
        peers: [
          peer({ label: "bare await fn()", side: "bare", checks: "nothing", isFloor: true }),
          peer({
            label: "Antwire, with its deadline and its copies",
            side: "antwire",
            checks: "types and ranges",
          }),
          peer({ ...moleculer, label: "Moleculer, bare", variant: "bare", checks: "nothing" }),
          peer({ ...moleculer, label: "Moleculer", variant: "checked", checks: "types and ranges" }),
          peer({
            ...moleculer,
            label: "Moleculer, with a deadline",
            variant: "timed",
            checks: "types and ranges",
          }),
          peer({
            label: "tRPC caller, zod",
            side: "trpc",
            from: "@trpc/server",
            checks: "types and ranges",
          }),
          peer({ label: "TSRPC callApi", side: "tsrpc", from: "tsrpc", checks: "types" }),
        ],
      },
    ],
    async close() {},
  }),
};

const moleculer = { side: "moleculer", from: "moleculer" };

interface Local extends Omit<Peer, "open"> {
  readonly side: string;
  readonly variant?: string;
}

function peer({ side, variant, ...described }: Local): Peer {
  return { ...described, open: () => openSide(side, variant, described.checks) };
}

async function openSide(side: string, variant: string | undefined, checks: Checks): Promise<Runner> {
  const child = await startSide(`local/${side}`);
  await child.request("open", variant);
  await child.request("check", checks);
  return { run: (seconds) => child.request("run", seconds), close: child.close };
}
