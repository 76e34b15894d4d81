import type { Session, uint32, UserSession } from "antwire/idl";

export interface Tick {
  at: Date;
  number: uint32;
}

/** Sequences from the server. */
export interface Streams {
  /** Ticks until nobody listens. */
  ticks(session: Session, every?: uint32): AsyncIterable<Tick>;
  /** @timeout 5s */
  words(session: UserSession): AsyncIterable<string>;
  /** For other modules. */
  numbers(): AsyncIterable<number[]>;
}
