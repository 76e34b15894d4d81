const factor = Number(process.env.PROPERTY_RUNS ?? 1);

/** How often a property is tried: so often, times `PROPERTY_RUNS` from the environment. */
export function runs(count: number): number {
  return Math.ceil(count * factor);
}
