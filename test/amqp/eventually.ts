import { setTimeout as sleep } from "node:timers/promises";

/** Resolves once the condition holds. Rejects when it does not within half a minute. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  what = "what was waited for",
): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); await sleep(5)) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
  }
}
