const shortestWait = 50;

// A broker that has come back is found within a second, and a hundred nodes cost it nothing.
const longestWait = 1_000;

/**
 * Milliseconds to wait before the next attempt: doubled with each failure, half of it left to chance, so that all
 * nodes that lost one broker do not come back at once.
 *
 * @param failures how often connecting has failed in a row
 * @param chance from 0 to 1
 */
export function backOff(failures: number, chance: number): number {
  return Math.min(longestWait, shortestWait * 2 ** failures) * (1 - chance / 2);
}
