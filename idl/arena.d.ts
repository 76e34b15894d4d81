import type { float32, Push, UserSession, uint8, uint16, uint32 } from "antwire/idl";

/** An ant on the field. Places are in hundredths of a millimetre; an ant is some four millimetres long. */
export interface Ant {
  id: uint16;
  /** The user who steers it. */
  userId: string;
  name: string;
  /** Degrees on the colour wheel. */
  hue: uint16;
  x: uint16;
  y: uint16;
  /** Where it looks, in radians; 0 is along the x axis. */
  heading: float32;
  points: uint32;
}

/** A grain of sugar. */
export interface Sugar {
  id: uint32;
  x: uint16;
  y: uint16;
  /** The points it gives. */
  worth: uint8;
}

/** The whole field, as one joins. */
export interface Field {
  /** The last frame that is in it: later ones build on it. */
  tick: uint32;
  width: uint16;
  height: uint16;
  /** The caller's own ant. */
  self: uint16;
  ants: Ant[];
  sugar: Sugar[];
}

/** Where an ant went. */
export interface Step {
  id: uint16;
  x: uint16;
  y: uint16;
  heading: float32;
}

/** An ant that took a grain. */
export interface Bite {
  ant: uint16;
  sugar: uint32;
  /** What the ant has now. */
  points: uint32;
}

/** What changed since the last frame. */
export interface Frame {
  /** Counts the frames, so that a gap tells of lost ones. */
  tick: uint32;
  moved: Step[];
  /** Ants that came, or that changed their name. */
  came: Ant[];
  /** Ants that went. */
  left: uint16[];
  /** Grains that appeared. */
  grown: Sugar[];
  /** Grains that were taken. */
  eaten: Bite[];
}

/** A field where ants gather sugar. */
export interface Arena {
  /** Puts the caller's ant on the field, or finds it there, and returns the field. */
  join(session: UserSession): Promise<Field>;
  /** Turns the caller's ant towards a direction, in radians. */
  steer(session: UserSession, heading: float32): void;
  /** What changed, 20 times a second. */
  readonly moved: Push<Frame>;
}
