import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { Views } from "../emit/views.js";

/** Lays out one generated file. */
export type Template<View> = (view: View) => string;

/** A template for each kind of generated file. */
export type Templates = { readonly [Name in keyof Views]: Template<Views[Name]> };

// Templates only lay out: of Handlebars' helpers they know `each` and `if`, and a missing name is an error.
const options: Parameters<typeof Handlebars.compile>[1] = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true, unless: false, with: false, log: false, lookup: false },
};

/** Loads the templates that stand beside this file. */
export function loadTemplates(): Templates {
  const load = <Name extends keyof Views>(name: Name): Template<Views[Name]> => {
    const source = readFileSync(new URL(`./${name}.hbs`, import.meta.url), "utf8");
    return Handlebars.compile<Views[Name]>(source, options);
  };
  return {
    codecs: load("codecs"),
    contract: load("contract"),
    stub: load("stub"),
    skeleton: load("skeleton"),
    "client-module": load("client-module"),
    rpc: load("rpc"),
    session: load("session"),
    failures: load("failures"),
    enums: load("enums"),
    routes: load("routes"),
    server: load("server"),
    client: load("client"),
  };
}
