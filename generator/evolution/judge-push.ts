import type { Change } from "../model/change.js";
import { compareType } from "./compare-type.js";
import { Comparison, type Versions } from "./comparison.js";

/** What becomes of those who listen to a push, by its full names in the two versions. */
export function judgePush(
  versions: Versions,
  shippedName: string,
  currentName: string | undefined,
): Change[] {
  const shipped = versions.shipped.pushes[shippedName];
  const current = currentName === undefined ? undefined : versions.current.pushes[currentName];
  if (!shipped) return [];
  const name = currentName ?? shipped.was ?? shippedName;
  const pushes = new Comparison(
    versions,
    {
      level: "breaking",
      programs: `clients that listen to ${name}`,
      source: `source that listens to ${name}`,
    },
    "toClient",
  );
  if (current) compareType(pushes, name, shipped.type, current.type);
  else pushes.break("removed-push", name);
  return pushes.changes;
}
