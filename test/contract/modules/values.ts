import { inspect } from "node:util";
import { defineValues, RpcError } from "../generated/server.js";
import type { Everything } from "../idl/values.js";
import { deface } from "./deface.js";

export default defineValues(() => {
  let kept: Everything | undefined;

  function find(): Everything {
    if (kept === undefined) throw new RpcError("not-found", "Nothing is kept");
    return kept;
  }

  return {
    same: (_session, value) => value,
    look: (_session, value) => inspect(value, { depth: 10, sorted: true }),
    bytes: (_session, bytes) => bytes,
    text: (_session, text) => text,
    keep(_session, value) {
      kept = value;
    },
    kept: () => find(),
    change() {
      deface(find());
    },
    fleeting() {
      const bytes = Uint8Array.of(1, 2, 3);
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => bytes.fill(9))));
      return bytes;
    },
  };
});
