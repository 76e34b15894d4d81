import { defineRelay } from "../generated/server.js";

export default defineRelay(() => ({
  once: (id, milliseconds, call) => call.rpc.work.once(id, milliseconds),
}));
