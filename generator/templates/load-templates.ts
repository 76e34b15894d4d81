import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { Views } from "../emit/views.js";

/** Lays out one generated file. */
export type Template<View> = (view: View) => string;

/** Templates for each kind of generated file: of its code, and of the declarations beside JavaScript. */
export type Templates = {
  readonly [Name in keyof Views]: {
    readonly code: Template<Views[Name]>;
    readonly types?: Template<Views[Name]>;
  };
};

// Templates only lay out: of Handlebars' helpers they know `each` and `if`, and a missing name is an error.
const options: Parameters<typeof Handlebars.compile>[1] = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true, unless: false, with: false, log: false, lookup: false },
};

/** Loads the templates that stand beside this file. */
export function loadTemplates(): Templates {
  const compile = <View>(name: string): Template<View> => {
    const source = readFileSync(new URL(`./${name}.hbs`, import.meta.url), "utf8");
    return Handlebars.compile<View>(source, options);
  };
  const load = <View>(name: string) => ({ code: compile<View>(name), types: compile<View>(`${name}.d`) });
  return {
    codecs: load("codecs"),
    contract: { code: compile("contract") },
    stub: load("stub"),
    skeleton: load("skeleton"),
    "client-module": load("client-module"),
    rpc: load("rpc"),
    session: { code: compile("session"), types: compile("session") },
    failures: load("failures"),
    enums: load("enums"),
    routes: { code: compile("routes") },
    server: load("server"),
    client: load("client"),
  };
}
