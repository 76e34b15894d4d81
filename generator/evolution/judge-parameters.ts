import type { GoneParameter, MethodShape, ParameterShape } from "../lock/shape.js";
import { wireName } from "../model/wire-name.js";
import { comparePresence } from "./compare-presence.js";
import type { Comparison } from "./comparison.js";

type Parameters = MethodShape["parameters"];

/** Compares arguments, which travel by place and whose names are for people. */
export function judgeParameters(
  calls: Comparison,
  method: string,
  { shipped, current }: { readonly shipped: Parameters; readonly current: Parameters },
): void {
  const [before, now] = [shipped.map(nameOf), current.map(nameOf)];
  const moved = current.filter(
    (_, place) => before.includes(now[place] ?? "") && before[place] !== now[place],
  );
  if (moved.length > 0) {
    for (const parameter of moved) calls.break("moved-parameter", `${method}.${sourceName(parameter)}`);
    return;
  }
  current.forEach((reader, place) => {
    const writer = shipped[place];
    if (isGone(reader)) return;
    const path = `${method}.${reader.name}`;
    if (!writer) {
      if (!reader.optional) calls.break("added-parameter", path);
    } else if (isGone(writer)) {
      calls.break("reused-parameter", path, writer.gone);
    } else {
      if (nameOf(writer) !== nameOf(reader))
        calls.note("renamed-parameter", path, `before: ${nameOf(writer)}`);
      comparePresence(calls, path, { reader, writer, unsure: "unsureParameter" });
    }
  });
  for (const parameter of shipped.slice(current.length)) {
    if (!isGone(parameter)) calls.note("removed-parameter", `${method}.${parameter.name}`);
  }
}

/** The parameters to remember as shipped: a removed one keeps its place, which clients still fill. */
export function keepGone(shipped: Parameters, current: Parameters): Parameters {
  return [...current, ...shipped.slice(current.length).map((parameter) => ({ gone: nameOf(parameter) }))];
}

function sourceName(parameter: ParameterShape | GoneParameter): string {
  return isGone(parameter) ? parameter.gone : parameter.name;
}

/** As JSON knows it. */
function nameOf(parameter: ParameterShape | GoneParameter): string {
  return isGone(parameter) ? parameter.gone : wireName(parameter);
}

function isGone(parameter: ParameterShape | GoneParameter): parameter is GoneParameter {
  return "gone" in parameter;
}
