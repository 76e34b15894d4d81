import { readFileSync } from "node:fs";
import Handlebars from "handlebars";

/** Lays out one generated file. */
export type Template<View> = (view: View) => string;

// Templates only lay out: of Handlebars' helpers they know `each` and `if`, and a missing name is an error.
export const templateOptions: Parameters<typeof Handlebars.compile>[1] = {
  // No template asks for the index, or for what is around it.
  data: false,
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true, unless: false, with: false, log: false, lookup: false },
};

/** Compiles a template that stands beside this file. The package has them compiled: its build takes this function's place. */
export function compileTemplate<View>(name: string): Template<View> {
  const source = readFileSync(new URL(`./${name}.hbs`, import.meta.url), "utf8");
  return Handlebars.compile<View>(source, templateOptions);
}
