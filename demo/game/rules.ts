// Lengths are in hundredths of a millimetre, as on the wire, and angles in radians.

/** The field: 17 by 11 centimetres of ground. */
export const fieldWidth = 17_000;
export const fieldHeight = 11_000;

export const ticksPerSecond = 20;

/** How far an ant walks in a second. */
export const antSpeed = 1_500;

/** How far an ant turns in a second. */
export const antTurn = 5;

/** From the middle of a new ant to its jaws. */
export const antReach = 210;

/** How far from its jaws an ant takes sugar. */
export const biteReach = 190;

/** Seconds after which an ant that nobody steers goes its own way. */
export const patience = 4;

/** The arena takes no more ants than this. A frame grows by about 20 bytes for each. */
export const maxAnts = 500;

/** As many grains lie on the field where they grow faster than they are eaten. */
export const sugarWanted = 150;

/** Ticks from one grain that grows to the next. */
export const sugarPace = 2;

/** How large an ant is that has so many points; a new one is 1. It grows fast at first and never beyond 1.7. */
export function antScale(points: number): number {
  return 1.7 - 0.7 * Math.exp(-points / 300);
}
