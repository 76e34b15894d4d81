import type { Runner } from "../../harness/benchmark.js";
import type { Category, Contest, Peer } from "../harness/peer.js";
import { startSide } from "../harness/start-side.js";

/** A call to another thread of the same process. */
export const threads: Category = {
  name: "threads",
  title: "A call to another thread",
  cpu: "of both threads",
  prepare: async () => ({ contests: [contest(1), contest(256)], async close() {} }),
};

function contest(inFlight: number): Contest {
  const peer = (side: string, described: Omit<Peer, "open">): Peer => ({
    ...described,
    open: () => openSide(side, described, inFlight),
  });
  return {
    title: `${inFlight} in flight`,
    peers: [
      peer("post-message", { label: "postMessage by hand", checks: "nothing", isFloor: true }),
      peer("antwire", { label: "Antwire", checks: "types and ranges" }),
      peer("comlink", { label: "Comlink", from: "comlink", checks: "nothing" }),
      peer("piscina", { label: "piscina, one thread", from: "piscina", checks: "nothing" }),
    ],
  };
}

async function openSide(side: string, { checks }: Omit<Peer, "open">, inFlight: number): Promise<Runner> {
  const child = await startSide(`threads/${side}`);
  await child.request("check", checks);
  return { run: (seconds) => child.request("run", { inFlight, seconds }), close: child.close };
}
