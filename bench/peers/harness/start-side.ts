import { fileURLToPath } from "node:url";
import { type Child, startFile } from "../../harness/child.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Starts a file of `sides/` in a process of its own. What runs Antwire takes packages from the root, as Antwire
 * does: the peers may have brought others of the same name.
 */
export function startSide(side: string): Promise<Child> {
  const isAntwire = /\/antwire(-|$)/.test(side);
  return startFile({
    name: side,
    entry: `${root}bench/peers/sides/${side}.ts`,
    outfile: `${root}${isAntwire ? "" : "bench/peers/"}.antwire/peers/${side}.mjs`,
  });
}
