import { type Change, changeId } from "../model/change.js";

/** A change as people read it. */
export function formatChange(change: Change): string {
  return `${change.level} ${changeId(change)}: ${describeChange(change)}`;
}

/** What happened, who notices, and what can be done about a break. */
export function describeChange(change: Change): string {
  const noticed = `${change.what}; for ${change.whom.join(", ")}`;
  if (change.level !== "breaking") return noticed;
  return `${noticed}; ${[...renaming(change), `accept it by --accept ${quote(changeId(change))}`].join(", or ")}`;
}

/** To the compiler a renaming is a removal unless the IDL says otherwise. */
function renaming({ rule, path }: Change): string[] {
  if (!["removed-method", "removed-push", "removed-field"].includes(rule)) return [];
  return [`write \`@was ${path.slice(path.lastIndexOf(".") + 1)}\` where it has another name now`];
}

/** An argument as shells take it: the values of a discriminant may be anything. */
function quote(argument: string): string {
  return /^[\w.:-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
