import type { Views } from "../emit/views.js";
import { compileTemplate, type Template } from "./compile-template.js";

/** Templates for each kind of generated file: of its code, and of the declarations beside JavaScript. */
export type Templates = {
  readonly [Name in keyof Views]: {
    readonly code: Template<Views[Name]>;
    readonly types?: Template<Views[Name]>;
  };
};

/** Loads the templates that stand beside this file. */
export function loadTemplates(): Templates {
  const load = <View>(name: string) => ({
    code: compileTemplate<View>(name),
    types: compileTemplate<View>(`${name}.d`),
  });
  return {
    codecs: load("codecs"),
    contract: { code: compileTemplate("contract") },
    stub: load("stub"),
    skeleton: load("skeleton"),
    "client-module": load("client-module"),
    rpc: load("rpc"),
    session: { code: compileTemplate("session"), types: compileTemplate("session") },
    failures: load("failures"),
    enums: load("enums"),
    routes: { code: compileTemplate("routes") },
    server: load("server"),
    client: load("client"),
  };
}
