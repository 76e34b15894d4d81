/** Numbers from 0 up to 1 that are the same in each run. */
export function createRandom(seed: number): () => number {
  // Spread over all bits, because neighbouring seeds would begin alike otherwise.
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
