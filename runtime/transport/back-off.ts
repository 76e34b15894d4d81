/** How long to wait between attempts, in milliseconds. */
export interface BackOff {
  readonly shortest: number;
  readonly longest: number;
}

/**
 * Milliseconds to wait before the next attempt: the shortest time, doubled with each failure up to the longest.
 *
 * @param failures how often it has failed in a row, before this time
 * @param chance from 0 to 1; up to half of the wait is left to it, so that those who lost the same peer do not
 * come back all at once
 */
export function backOff({ shortest, longest }: BackOff, failures: number, chance: number): number {
  return Math.min(longest, shortest * 2 ** failures) * (1 - chance / 2);
}
