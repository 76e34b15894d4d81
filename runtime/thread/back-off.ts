/** A thread that ran for so many milliseconds starts again as if it had never failed. */
export const steadyMs = 10_000;

/**
 * Milliseconds to wait before a thread is started again: 100, doubled with each failure up to 5,000.
 *
 * @param failures how often it has failed in a row, from 1
 */
export function backOff(failures: number): number {
  return Math.min(5_000, 100 * 2 ** (failures - 1));
}
