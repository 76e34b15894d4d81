import type { Cargo } from "./cargo.js";

/** What one thread tells another of the frames that it takes from now on. */
export interface Change {
  readonly kind: "serve" | "retire" | "subscribe" | "unsubscribe";
  /** A module or a topic. */
  readonly name: string;
}

/** Asks for an answer behind all that the other thread has announced so far. */
export const greeting = "greeting";

/** The answer to a change, which holds, or to a greeting. Answers come in the order of what they answer. */
export const noted = "noted";

/** What goes through a port: frames, also packed, a change, a greeting, or the answer to these. */
export type Message = Cargo | Uint8Array | Change | typeof greeting | typeof noted;
