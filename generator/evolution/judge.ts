import type { Shape } from "../lock/shape.js";
import { type Change, changeId } from "../model/change.js";
import type { Versions } from "./comparison.js";
import { findSame } from "./find-same.js";
import { judgeMethod } from "./judge-method.js";
import { judgePush } from "./judge-push.js";
import { noteRenames, type Renaming } from "./note-renames.js";

/** All that programs notice which were built before an edit of the IDL, the worst first. */
export function judge(shipped: Shape, current: Shape): Change[] {
  const versions: Versions = { shipped, current, same: findSame(shipped, current) };
  const methods = pairs(shipped.methods, current.methods);
  const pushes = pairs(shipped.pushes, current.pushes);
  return merge([
    ...methods.flatMap(([before, now]) => judgeMethod(versions, before, now)),
    ...pushes.flatMap(([before, now]) => judgePush(versions, before, now)),
    ...noteRenames(versions, { methods: methods.filter(isRenamed), pushes: pushes.filter(isRenamed) }),
  ]);
}

type Table = Readonly<Record<string, { readonly was?: string }>>;
type Pair = readonly [before: string, now: string | undefined];

/** The names of the same members in both versions. What is new pairs with nothing, and breaks nothing. */
function pairs(shipped: Table, current: Table): Pair[] {
  const byWireName = new Map(Object.entries(current).map(([name, { was }]) => [was ?? name, name]));
  return Object.entries(shipped).map(([name, { was }]) => [name, byWireName.get(was ?? name)]);
}

function isRenamed(pair: Pair): pair is Renaming {
  return pair[1] !== undefined && pair[0] !== pair[1];
}

const levels = ["breaking", "warning", "note"] as const;

/** One change for each that has a name of its own: the worst of it, and everybody who notices. */
function merge(changes: readonly Change[]): Change[] {
  const byId = new Map<string, Change>();
  for (const change of changes) {
    const id = changeId(change);
    const known = byId.get(id);
    if (!known) byId.set(id, change);
    else {
      const [worst] = [known, change].sort(byLevel);
      byId.set(id, { ...(worst ?? known), whom: [...new Set([...known.whom, ...change.whom])].sort() });
    }
  }
  return [...byId.values()].sort((a, b) => byLevel(a, b) || (changeId(a) < changeId(b) ? -1 : 1));
}

function byLevel(a: Change, b: Change): number {
  return levels.indexOf(a.level) - levels.indexOf(b.level);
}
