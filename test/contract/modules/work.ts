import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { isCode } from "../../../runtime/error/code.js";
import { type Call, Closed, defineWork, Full, RpcError } from "../generated/server.js";
import type { Fate } from "../idl/work.js";

export default defineWork(({ node }) => {
  const fates = new Map<string, Fate>();
  const made = new Map<string, number>();
  const notes: string[] = [];

  /** Works until it is done, or the signal aborts. */
  async function work(name: string, milliseconds: number, call: Call): Promise<void> {
    fates.set(name, "running");
    try {
      await sleep(milliseconds, undefined, { signal: call.signal });
      fates.set(name, "done");
    } catch (error) {
      fates.set(name, fateOf(call));
      throw error;
    }
  }

  return {
    add: (_session, a, b) => a + b,
    async wait(_session, name, milliseconds, call) {
      await work(name, milliseconds, call);
      return `${name} is done`;
    },
    fate: (_session, name) => fates.get(name) ?? "unknown",
    linger: (_session, name, call) => work(name, 60_000, call),
    fail(_session, code, message) {
      if (!isCode(code)) throw new TypeError("a test names a code that there is not");
      const details =
        code === "resource-exhausted"
          ? { retryAfterMs: 250 }
          : code === "invalid-argument"
            ? { path: "code", expected: "another" }
            : undefined;
      throw new RpcError(code, message, details && { details });
    },
    refuse(_session, how) {
      if (how === "full")
        throw new Full({ capacity: 3, since: new Date(5), names: ["a", "b"] }, "Come later");
      throw new Closed(how === "closed" ? {} : { reason: "because" });
    },
    refuseSilently() {
      throw new Closed({});
    },
    crash() {
      throw new TypeError("a secret");
    },
    misfit: () => 300,
    name: (_session, name) => name,
    own: (session) => session.userId,
    note(_session, line) {
      notes.push(line);
    },
    noteBadly(_session, line) {
      notes.push(line);
      throw new RpcError("not-found", "Nobody is to hear this");
    },
    write(_session, line) {
      notes.push(line);
    },
    notes: () => notes.splice(0),
    async *count(_session, name, to, call) {
      fates.set(name, "running");
      try {
        for (let number = 1; to === 0 || number <= to; number++) {
          made.set(name, number);
          yield number;
          // A loop that never waits for anything would let nobody else run.
          if (number % 100 === 0) await turn();
        }
        fates.set(name, "done");
      } finally {
        if (fates.get(name) === "running") fates.set(name, fateOf(call));
      }
    },
    progress: (_session, name) => ({ made: made.get(name) ?? 0, fate: fates.get(name) ?? "unknown" }),
    async *countToFailure(_session, to) {
      for (let number = 1; number <= to; number++) yield number;
      throw new Full({ capacity: to, since: new Date(5), names: [] });
    },
    async *countTooFar(_session, name) {
      fates.set(name, "running");
      try {
        for (let number = 250; ; number++) yield number;
      } finally {
        fates.set(name, "done");
      }
    },
    node: () => node,
    budget: (call) => call.remaining(),
    origin: (call) => `${call.traceId} ${call.session?.id}`,
    exit() {
      process.exit(1);
    },
  };
});

/** Why a handler was told to stop. */
function fateOf({ signal }: Call): Fate {
  const reason: unknown = signal.reason;
  const code = reason instanceof RpcError ? reason.code : undefined;
  return code === "cancelled" || code === "deadline-exceeded" || code === "unavailable" ? code : "unknown";
}
