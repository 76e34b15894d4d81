/** The same direction between -π and π. Any finite angle will do, however large. */
export function wrapAngle(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

/** Turns from one direction towards another, the shorter way round and by no more than `limit`. */
export function turnTowards(heading: number, target: number, limit: number): number {
  const difference = wrapAngle(target - heading);
  if (Math.abs(difference) <= limit) return wrapAngle(target);
  return wrapAngle(heading + Math.sign(difference) * limit);
}

/** The direction that lies the given share of the way from one to another, the shorter way round. */
export function mixAngles(from: number, to: number, share: number): number {
  return from + wrapAngle(to - from) * share;
}
