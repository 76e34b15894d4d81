import type { Change } from "../model/change.js";
import type { Versions } from "./comparison.js";
import { type Rule, rules } from "./rules.js";

/** Names of members in the source, before and now. */
export type Renaming = readonly [before: string, now: string];

/** What source has to call otherwise since the last version, though the wire does not. */
export function noteRenames(
  versions: Versions,
  { methods, pushes }: { readonly methods: readonly Renaming[]; readonly pushes: readonly Renaming[] },
): Change[] {
  return [
    ...methods.flatMap((renaming) => noteMember("renamed-method", renaming)),
    ...pushes.flatMap((renaming) => noteMember("renamed-push", renaming)),
    ...noteTypes(versions),
  ];
}

function noteMember(rule: Rule, [before, now]: Renaming): Change[] {
  const [moduleBefore = "", memberBefore = ""] = before.split(".");
  const [moduleNow = "", memberNow = ""] = now.split(".");
  return [
    ...(moduleBefore === moduleNow ? [] : [note("renamed-module", moduleNow, moduleBefore)]),
    ...(memberBefore === memberNow ? [] : [note(rule, now, memberBefore)]),
  ];
}

function noteTypes({ shipped, current }: Versions): Change[] {
  return Object.entries(current.types).flatMap(([name, { was }]) =>
    was === undefined || shipped.types[name] ? [] : [note("renamed-type", name, was)],
  );
}

function note(rule: Rule, path: string, before: string): Change {
  const what = `${rules[rule]} (before: ${before})`;
  return { level: "note", rule, path, what, whom: [`source that names ${before}`] };
}
