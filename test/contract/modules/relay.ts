import { setTimeout as sleep } from "node:timers/promises";
import { defineRelay } from "../generated/server.js";

export default defineRelay(() => ({
  async budgets(_session, call) {
    const own = call.remaining();
    await sleep(200);
    return [own, await call.rpc.work.budget(), await call.rpc.work.budget({ timeout: 500 })];
  },
  async origins(_session, call) {
    return [`${call.traceId} ${call.session?.id}`, await call.rpc.work.origin()];
  },
  wait: (session, name, milliseconds, call) => call.rpc.work.wait(session, name, milliseconds),
  refuse: (session, call) => call.rpc.work.refuse(session, "full"),
  refuseSilently: (session, call) => call.rpc.work.refuse(session, "full"),
  fail: (session, code, call) => call.rpc.work.fail(session, code, "said the inner one"),
  async *count(session, name, to, call) {
    yield* call.rpc.work.count(session, name, to);
  },
}));
