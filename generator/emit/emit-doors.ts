import type { Model, Module } from "../model/model.js";
import { codecOfPlace } from "./codec-members.js";
import { commentBefore } from "./comment.js";
import { failuresOf } from "./emit-failures.js";
import type { FileContext } from "./file-context.js";
import { camelCase, kebabCase, moduleContractName } from "./naming.js";
import type { ClientView, RpcView, ServerView } from "./views.js";

/** The stubs of all modules in one object. */
export function viewRpc(model: Model, file: FileContext): RpcView {
  file.imports.type("Caller", file.door);
  file.imports.type("Call as CallOf", file.door);
  const modules = model.modules.map((module) => {
    const path = file.generatedPath(`stubs/${kebabCase(module.name)}`);
    const stub = file.imports.class(`${module.name}Stub`, path);
    return {
      property: camelCase(module.name),
      stub,
      type: file.typed(() => `: ${stub}`),
      kept: file.typed(() => `: ${stub} | undefined`),
      doc: docOf(module, file),
    };
  });
  const call = file.hasSessionData ? `CallOf<Rpc, ${file.sessionType("Session")}>` : "CallOf<Rpc>";
  return { ...file.view("idl/"), modules, call };
}

/** The door for modules and for `antwire.config.ts`. */
export function viewServer(model: Model, file: FileContext): ServerView {
  const { imports, door } = file;
  for (const type of ["Application", "Config", "ConfiguredApplication"]) imports.type(type, door);
  imports.value("configure", door);
  imports.class("Rpc", file.generatedPath("rpc"));
  imports.value("routes", file.generatedPath("routes"));
  const modules = model.modules.map((module) => {
    const path = file.generatedPath(`contracts/${kebabCase(module.name)}`);
    return `${camelCase(module.name)}: ${imports.value(moduleContractName(module), path)}`;
  });
  const skeletons = model.modules.flatMap(({ name }) => {
    const path = file.generatedPath(`skeletons/${kebabCase(name)}`);
    return [`export { define${name}${file.typed(() => `, type ${name}Handlers`)} } from "${path}";`];
  });
  const sessionData = model.types
    .filter((type) => type.sessionData)
    .map(({ name }) => codecOfPlace({ stem: name, file: file.declaration(name).file, declared: true }, file));
  const configTypes = ["ModuleKey", "Rpc", ...(file.hasSessionData ? [file.sessionType("Session")] : [])];
  return {
    ...file.view("idl/"),
    application: `application${file.typed(() => ": Application<Rpc>")}`,
    exports: [
      `export { RpcError } from "${door}";`,
      `export { ${file.typed(() => "type Call, ")}Rpc } from "./rpc.js";`,
      ...(file.hasSessionData && file.form !== "js"
        ? ['export type { Session, UserSession } from "./session.js";']
        : []),
      ...skeletons,
      ...shared(model),
    ],
    modules,
    keys: moduleKeys(model),
    sessionData,
    config: `Config<${configTypes.join(", ")}>`,
  };
}

function moduleKeys({ modules }: Model): string {
  const keys = modules.map(({ name }) => JSON.stringify(camelCase(name)));
  const line = keys.join(" | ");
  return line.length <= 80 ? ` ${line || "never"}` : keys.map((key) => `\n  | ${key}`).join("");
}

/** The door for a game's frontend. */
export function viewClient(model: Model, file: FileContext): ClientView {
  const { imports, door } = file;
  for (const type of ["Connection", "ConnectionEvents", "ConnectionState", "ConnectOptions"])
    imports.type(type, door);
  imports.value("openGame", door);
  const modules = model.modules
    .filter(
      (module) => module.pushes.length > 0 || module.methods.some(({ access }) => access !== "internal"),
    )
    .map((module) => {
      const property = camelCase(module.name);
      const path = file.generatedPath(`clients/${kebabCase(module.name)}`);
      const client = imports.class(`${module.name}Client`, path);
      const declaration = file.form === "js" ? property : `readonly ${property}: ${client}`;
      return { property, client, declaration, doc: docOf(module, file) };
    });
  return {
    ...file.view("idl/"),
    exports: [
      ...(file.form === "js"
        ? []
        : [`export type { ConnectOptions, OpenMqtt, StateChange } from "${door}";`]),
      `export { RpcError } from "${door}";`,
      ...shared(model),
    ],
    modules,
  };
}

/** Comments on members stand where editors find them: in JavaScript they would only stand in the way. */
function docOf({ doc }: Module, file: FileContext): string {
  return file.form === "js" ? "" : commentBefore(doc, "  ");
}

/** What both doors export: the classes of failures and the values of enums. */
function shared(model: Model): string[] {
  const failures = failuresOf(model).map(({ name }) => name);
  const enums = model.types.filter(({ definition }) => definition.kind === "enum").map(({ name }) => name);
  return [
    ...(failures.length > 0 ? [`export { ${failures.join(", ")} } from "./failures.js";`] : []),
    ...(enums.length > 0 ? [`export { ${enums.join(", ")} } from "./enums.js";`] : []),
  ];
}
