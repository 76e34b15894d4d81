import type { Push, Session, uint32 } from "antwire/idl";
import type { Done } from "./work.js";

/** Where players come in. It has `Work` do what they want. */
export interface Hall {
  /** Puts the player among those who hear the bell. */
  enter(session: Session): Promise<void>;
  once(session: Session, id: uint32, milliseconds: uint32): Promise<Done>;
  /** @idempotent */
  again(session: Session, id: uint32, milliseconds: uint32): Promise<Done>;
  note(session: Session, id: uint32): void;
  /** Everybody who has entered hears it. */
  ring(session: Session): Promise<void>;
  readonly bell: Push<uint32>;
  /** How many have entered, and how many of them have left. */
  count(): Promise<Count>;
}

export interface Count {
  entered: uint32;
  left: uint32;
}
