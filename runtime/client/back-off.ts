/** The longest wait before the next attempt, in milliseconds. */
export const longestWaitMs = 10_000;

/**
 * How long to wait before the next attempt, in milliseconds: a quarter of a second, doubled with each
 * failure up to ten seconds, of which up to half is left to chance, so that clients that lost one server
 * do not come back all at once.
 *
 * @param failures how often connecting has failed in a row
 * @param chance from 0 to 1
 */
export function backOff(failures: number, chance: number): number {
  return Math.min(longestWaitMs, 250 * 2 ** failures) * (1 - chance / 2);
}
