import type { Trace } from "../call/trace.js";
import type { Frame } from "../transport/transport.js";

/** The first element of a frame between nodes. */
export const frameKind = {
  /** `[0, id, module, method, args, budget, session, trace]`; the id is 0 where nobody waits for an answer. */
  call: 0,
  /** `[1, id, value]` */
  result: 1,
  /** `[2, id, reply]`, where the reply is an error as clients get it. */
  error: 2,
  /** `[3, id, item]`: the next of a stream. */
  next: 3,
  /** `[4, id]`: the end of a stream. */
  done: 4,
  /** `[5, id]`: nobody waits for the call any more. */
  cancel: 5,
  /** `[6, id, count]`: the reader of a stream has taken so many items. */
  more: 6,
  /** `[7, [ids…]]`: who sends this works on these calls. */
  taken: 7,
  /** `[8, [ids…]]`: asks whether these calls are being worked on. It comes back where nobody serves the address. */
  probe: 8,
  /** `[9, [ids…]]`: who sends this does not work on these calls. */
  lost: 9,
  /** `[10, module]`: calls to the module that nobody has taken are lost. Who works on one has said so before. */
  swept: 10,
} as const;

/** Items of a stream that may be on their way, or wait at the reader's node. */
export const streamWindow = 64;

/** Milliseconds between two looks at calls that take long. */
export const lookInterval = 500;

/** Milliseconds for which frames that belong to no deadline are of use. */
export const shortLife = 10_000;

/** A call as it travels. */
export interface CallFrame {
  /** 0 where nobody waits for an answer. */
  readonly id: number;
  readonly module: string;
  readonly method: string;
  readonly args: unknown;
  /** Milliseconds that the caller still waits. */
  readonly budget: number;
  readonly session: unknown;
  readonly trace: Trace;
}

export function writeCallFrame(call: CallFrame): Frame {
  const { id, module, method, args, budget, session, trace } = call;
  return [frameKind.call, id, module, method, args, budget, session, trace];
}

/** Undefined for what is no frame of a call. */
export function readCallFrame(frame: Frame): CallFrame | undefined {
  const [, id, module, method, args, budget, session, trace] = frame;
  const isCall =
    typeof id === "number" &&
    Number.isSafeInteger(id) &&
    typeof module === "string" &&
    typeof method === "string" &&
    typeof budget === "number" &&
    typeof trace === "number";
  return isCall ? { id, module, method, args, budget, session, trace } : undefined;
}
