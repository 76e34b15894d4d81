import type { uint32 } from "antwire/idl";

/** A call that was answered. */
export interface Done {
  /** That of the call. */
  id: uint32;
  /** Who answered. */
  node: string;
}

/** Does what it is told, and writes down each time that it does. */
export interface Work {
  /** Works for so long. */
  once(id: uint32, milliseconds: uint32): Promise<Done>;
  /** The same, as often as need be. @idempotent */
  again(id: uint32, milliseconds: uint32): Promise<Done>;
  /** Nobody waits for it. */
  note(id: uint32): void;
  /** Works so much longer from now on. */
  slowDown(milliseconds: uint32): Promise<void>;
  /** Bytes that are left after what nobody needs was thrown away. */
  memory(): Promise<number>;
}

/** Has others work. */
export interface Relay {
  /** Passes the call on to `Work`. */
  once(id: uint32, milliseconds: uint32): Promise<Done>;
}

/** Stands for whoever calls, in a process without clients. */
export interface Desk {
  open(): Promise<void>;
}
