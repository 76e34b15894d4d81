import { defineDesk, type Rpc } from "../generated/server.js";

let lent: Rpc | undefined;

/** What the last desk that was set up in this process calls with. */
export function lendRpc(): Rpc {
  if (lent === undefined) throw new Error("No desk is set up");
  return lent;
}

/** Stands for whoever calls where there are no clients: a test beside it borrows its stubs. */
export default defineDesk(({ rpc }) => {
  lent = rpc;
  return { open() {} };
});
