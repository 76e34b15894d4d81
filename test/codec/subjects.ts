import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadSubjects, type Subject } from "./load-subjects.js";

const golden = fileURLToPath(new URL("../golden/", import.meta.url));
// The others show diagnostics.
const cases = readdirSync(golden).filter((name) => existsSync(`${golden}${name}/expected/manifest.json`));

/** All that has codecs here: what is generated for the golden cases and for the demo. */
export const subjects: readonly Subject[] = (
  await Promise.all([
    ...cases.map((name) => loadSubjects(name, `test/golden/${name}/expected`)),
    loadSubjects("demo", "generated"),
  ])
).flat();

/** What clients may send or get as JSON. */
export const inJson = subjects.filter(({ route, form }) => route !== undefined || form !== undefined);

/** The subjects by their names, for `describe.each`. */
export function named(chosen: readonly Subject[]): [string, Subject][] {
  return chosen.map((subject) => [subject.name, subject]);
}

export function subjectNamed(name: string): Subject {
  const found = subjects.find((subject) => subject.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}
