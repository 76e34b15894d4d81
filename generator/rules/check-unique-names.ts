import type { Diagnostic } from "../model/diagnostic.js";
import type { Location } from "../model/location.js";
import type { Model } from "../model/model.js";

/** Modules and types share one space of names: topics, generated files and functions are made from them. */
export function checkUniqueNames(model: Model): Diagnostic[] {
  const seen = new Map<string, { name: string; at: Location }>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, at } of [...model.modules, ...model.types]) {
    // File systems and people that ignore case would take `Chat` and `CHAT` for one.
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (!first) {
      seen.set(key, { name, at });
      continue;
    }
    diagnostics.push({
      code: "IDL1301",
      at,
      message: `${name} is declared twice: ${first.name} stands at ${first.at.file}:${first.at.line}`,
      path: "",
      hint: "rename one of them; names differ by more than case",
    });
  }
  return diagnostics;
}
