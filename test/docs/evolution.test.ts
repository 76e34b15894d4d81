import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { misfits, rules } from "../../generator/evolution/rules.js";
import { edits } from "../evolution/edits.js";

const text = readFileSync(new URL("../../docs/evolution.md", import.meta.url), "utf8");
const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (.+?) \| (.+?) \|$/gm)].map(
  ([, rule = "", what = "", whom = ""]) => ({ rule, what, whom }),
);

test("docs/evolution.md lists the rules that codegen judges by", () => {
  expect(Object.fromEntries(rows.map(({ rule, what }) => [rule, what]))).toEqual(rules);
});

/** Rules about what travels; the others are about methods, parameters and pushes. */
const ofTypes = new Set<string>(
  Object.values(misfits).flatMap(({ toServer, toClient }) => [toServer, toClient]),
);

function observe(): Map<string, Set<string>> {
  // An edit alone cannot show it: it takes one that removes the parameter, and another.
  const observed = new Map([["reused-parameter", new Set(["call"])]]);
  for (const { what, expected } of edits) {
    const way = / in what clients (\w+)/.exec(what)?.[1];
    for (const change of expected) {
      const [, level, rule = "", whom = ""] = /^(\w+) ([a-z-]+):.* \| (.*)$/.exec(change) ?? [];
      const isOfType = ofTypes.has(rule) && !rule.endsWith("-parameter");
      // Nodes break where clients do, and types that a member edit happens to change are told by the others.
      if (level === "warning" || (isOfType && way === undefined)) continue;
      const seen = observed.get(rule) ?? new Set();
      observed.set(rule, seen);
      if (whom.startsWith("source")) seen.add("source");
      else if (isOfType) seen.add(way === "send" ? "send" : "read");
      else seen.add(whom.startsWith("clients that listen") ? "listen" : "call");
    }
  }
  return observed;
}

test("docs/evolution.md says who notices each of them", () => {
  const words = /\b(call|listen|send|read)\b|\bsource\b/g;
  const documented = rows.map(({ rule, whom }) => [rule, new Set(whom.match(words))]);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(observe()));
});
