import { RpcError } from "../../runtime/error/rpc-error.js";
import type { Done } from "./idl/work.js";

/** How a call is made: each is a fate of its own when something breaks. */
export type Kind = "once" | "again" | "nested" | "note";

/** Makes a call, and resolves with the answer; undefined for one that has none. */
export type CallMaker = (kind: Kind, id: number, milliseconds: number) => Promise<Done> | undefined;

/** A call, and what became of it. */
export class CallRecord {
  readonly id: number;
  readonly kind: Kind;
  /** By `performance.now()`. */
  readonly began = performance.now();
  /** Undefined while it waits. */
  ended: number | undefined;
  /** `ok`, `sent`, the code of the error, or what must not happen. */
  outcome = "hangs";
  /** Who answered. */
  node: string | undefined;

  constructor(id: number, kind: Kind) {
    this.id = id;
    this.kind = kind;
  }

  get hasFailed(): boolean {
    return this.outcome !== "ok" && this.outcome !== "sent";
  }

  /** Milliseconds. */
  get duration(): number {
    return (this.ended ?? Number.POSITIVE_INFINITY) - this.began;
  }

  /** Makes the call, and resolves when it has ended. Never rejects. */
  async make(call: CallMaker, milliseconds: number): Promise<this> {
    try {
      const done = await call(this.kind, this.id, milliseconds);
      this.node = done?.node;
      this.#end(done === undefined ? "sent" : done.id === this.id ? "ok" : "the answer of another");
    } catch (error) {
      this.#end(error instanceof RpcError ? error.code : String(error));
    }
    return this;
  }

  #end(outcome: string): void {
    this.outcome = outcome;
    this.ended = performance.now();
  }
}

/** No id is used twice in a file of tests. */
let lastId = 0;

export function nextId(): number {
  return ++lastId;
}
