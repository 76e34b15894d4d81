import { beforeAll, expect, test } from "vitest";
import { type Change, changeId } from "../../generator/model/change.js";
import { compileValid } from "./compile-idl.js";
import { edits } from "./edits.js";

// All edits are compiled at once, which is what takes the time: names get the number of their edit.
const names = /\b(Line|Note|Page|Chat|Talk|Circle|Square|Mood|Full|Taken)(?=[A-Z]?\b|String\b|Number\b)/g;
const numbered = /_(\d+)_/g;

function number(text: string, index: number): string {
  return text.replace(names, `$1_${index}_`);
}

const found = new Map<number, string[]>();

function collect(changes: readonly Change[]): void {
  for (const change of changes) {
    const line = `${change.level} ${changeId(change)} | ${change.whom.join(", ")}`;
    const index = Number(/_(\d+)_/.exec(line)?.[1]);
    found.set(index, [...(found.get(index) ?? []), line.replace(numbered, "")]);
  }
}

beforeAll(async () => {
  const texts = (version: "before" | "after") =>
    Object.fromEntries(edits.map((edit, index) => [`edit${index}`, number(edit[version], index)]));
  const before = await compileValid(texts("before"));
  const { evolution } = await compileValid(texts("after"), { lock: before.evolution.lock });
  for (const changes of [evolution.breaks, evolution.warnings, evolution.notes]) collect(changes);
}, 120_000);

test.each(edits.map((edit, index) => [edit.what, edit.expected, index] as const))(
  "%s",
  (_, expected, index) => {
    expect((found.get(index) ?? []).sort()).toEqual([...expected].sort());
  },
);
