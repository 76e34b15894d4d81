import type { Lock } from "../lock/lock.js";
import type { MethodShape, Shape } from "../lock/shape.js";
import { type Change, changeId } from "../model/change.js";
import { judge } from "./judge.js";
import { keepGone } from "./judge-parameters.js";

export interface EvolveOptions {
  /** As of the last run. */
  readonly lock: Lock;
  /** The places on the wire now. */
  readonly types: Lock["types"];
  readonly current: Shape;
  /** What to accept: `all`, a rule, or a rule and a path. */
  readonly accept: readonly string[];
}

/** What an edit of the IDL comes to. */
export interface Evolution {
  /** The lock to keep. It stays as it was, positions included, until no break is left that nobody accepted. */
  readonly lock: Lock;
  /** Breaks that nobody accepted yet. */
  readonly breaks: readonly Change[];
  readonly accepted: readonly Change[];
  readonly warnings: readonly Change[];
  readonly notes: readonly Change[];
  /** What was to be accepted and is no break. */
  readonly unmatched: readonly string[];
}

/** Judges the edit, and moves what was shipped forward where that breaks nothing or is accepted. */
export function evolve({ lock, types, current, accept }: EvolveOptions): Evolution {
  const changes = lock.shipped ? judge(lock.shipped, current) : [];
  const isAccepted = (change: Change) =>
    lock.accepted?.includes(changeId(change)) || accept.some((what) => covers(what, change));
  const breaking = changes.filter(({ level }) => level === "breaking");
  const accepted = breaking.filter(isAccepted);
  const breaks = breaking.filter((change) => !isAccepted(change));
  return {
    lock: breaks.length > 0 ? waiting(lock, accepted) : shipping({ lock, types, current, accepted }),
    breaks,
    accepted,
    warnings: changes.filter(({ level }) => level === "warning"),
    notes: changes.filter(({ level }) => level === "note"),
    unmatched: accept.filter((what) => !breaking.some((change) => covers(what, change))),
  };
}

function covers(what: string, change: Change): boolean {
  return what === "all" || what === change.rule || what === changeId(change);
}

function waiting({ accepted: _, ...lock }: Lock, accepted: readonly Change[]): Lock {
  return accepted.length === 0 ? lock : { ...lock, accepted: accepted.map(changeId) };
}

interface Shipping extends Pick<EvolveOptions, "lock" | "types" | "current"> {
  readonly accepted: readonly Change[];
}

function shipping({ lock, types, current, accepted }: Shipping): Lock {
  const decisions = [...(lock.decisions ?? []), ...accepted.map(changeId)];
  const shipped = lock.shipped ? withGone(lock.shipped, current) : current;
  return { version: 1, types, shipped, ...(decisions.length > 0 && { decisions }) };
}

/** The shape with the places of removed parameters, which a later one must not take unnoticed. */
function withGone(shipped: Shape, current: Shape): Shape {
  const before = new Map(
    Object.entries(shipped.methods).map(([name, method]) => [method.was ?? name, method]),
  );
  const methods = Object.entries(current.methods).map(([name, method]): [string, MethodShape] => {
    const known = before.get(method.was ?? name);
    return [name, known ? { ...method, parameters: keepGone(known.parameters, method.parameters) } : method];
  });
  return { ...current, methods: Object.fromEntries(methods) };
}
