import type { MethodShape } from "../lock/shape.js";
import type { Change } from "../model/change.js";
import { compareDeclared } from "./compare-declared.js";
import { compareType } from "./compare-type.js";
import { type Audience, Comparison, type Versions } from "./comparison.js";
import { describeType } from "./describe-type.js";
import { judgeParameters } from "./judge-parameters.js";

const reach = { internal: 0, session: 1, user: 2 } as const;

/** What becomes of those who call a method, by its full names in the two versions. */
export function judgeMethod(
  versions: Versions,
  shippedName: string,
  currentName: string | undefined,
): Change[] {
  const shipped = versions.shipped.methods[shippedName];
  const current = currentName === undefined ? undefined : versions.current.methods[currentName];
  if (!shipped) return [];
  const name = currentName ?? shipped.was ?? shippedName;
  const audience = callersOf(name, shipped);
  const calls = new Comparison(versions, audience, "toServer");
  const answers = new Comparison(versions, audience, "toClient");
  if (!current) calls.break("removed-method", name);
  else if (current.access === "internal" && shipped.access !== "internal")
    calls.break("internal-method", name);
  else if (!answersAlike(shipped, current)) {
    calls.break("changed-kind", name, `${current.kind} instead of ${shipped.kind}`);
  } else {
    if (reach[current.access] > reach[shipped.access]) {
      calls.break("tightened-access", name, `${current.access} instead of ${shipped.access}`);
    }
    judgeParameters(calls, name, { shipped: shipped.parameters, current: current.parameters });
    judgeResult(answers, name, shipped, current);
    judgeFailures(answers, versions, shipped, current);
  }
  return [...calls.changes, ...answers.changes];
}

function callersOf(name: string, { access }: MethodShape): Audience {
  const source = `source that calls ${name}`;
  return access === "internal"
    ? { level: "warning", programs: `nodes that call ${name}`, source }
    : { level: "breaking", programs: `clients that call ${name}`, source };
}

/** A one-way call waits for nothing, so it may as well be answered. */
function answersAlike(shipped: MethodShape, current: MethodShape): boolean {
  return shipped.kind === current.kind || (shipped.kind === "oneway" && current.kind === "call");
}

function judgeResult(answers: Comparison, name: string, shipped: MethodShape, current: MethodShape): void {
  const path = `${name}.returns`;
  if (!shipped.result) return;
  if (current.result) compareType(answers, path, shipped.result, current.result);
  else answers.break("changed-type", path, `nothing instead of ${describeType(shipped.result)}`);
}

/** A failure that a client does not know arrives as a plain error, and one that it knows has to be readable. */
function judgeFailures(
  answers: Comparison,
  { shipped: { types: before }, current: { types: now } }: Versions,
  shipped: MethodShape,
  current: MethodShape,
): void {
  for (const writer of current.failures) {
    const wire = now[writer]?.was ?? writer;
    const reader = shipped.failures.find((known) => (before[known]?.was ?? known) === wire);
    if (reader !== undefined) compareDeclared(answers, writer, { reader, writer });
  }
}
