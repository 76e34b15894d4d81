import type { Model } from "../model/model.js";
import { codecObject } from "./codec-members.js";
import { commentBefore } from "./comment.js";
import { failuresOf } from "./emit-failures.js";
import type { FileContext } from "./file-context.js";
import { camelCase, kebabCase, moduleContractName } from "./naming.js";
import type { ClientView, RpcView, ServerView } from "./views.js";

/** The stubs of all modules in one object. */
export function viewRpc(model: Model, file: FileContext): RpcView {
  file.imports.type("Caller", file.door);
  file.imports.type("Call as CallOf", file.door);
  const modules = model.modules.map((module) => ({
    property: camelCase(module.name),
    stub: file.imports.value(`${module.name}Stub`, file.generatedPath(`stubs/${kebabCase(module.name)}`)),
    doc: commentBefore(module.doc, "  "),
  }));
  const call = file.hasSessionData ? `CallOf<Rpc, ${file.sessionType("Session")}>` : "CallOf<Rpc>";
  return { source: "idl/", imports: file.imports.lines(), modules, call };
}

/** The door for modules and for `antwire.config.ts`. */
export function viewServer(model: Model, file: FileContext): ServerView {
  const { imports, door } = file;
  for (const type of ["Application", "Config", "ConfiguredApplication"]) imports.type(type, door);
  imports.value("configure", door);
  imports.value("Rpc", file.generatedPath("rpc"));
  imports.value("routes", file.generatedPath("routes"));
  const modules = model.modules.map((module) => {
    const path = file.generatedPath(`contracts/${kebabCase(module.name)}`);
    return `${camelCase(module.name)}: ${imports.value(moduleContractName(module), path)}`;
  });
  const skeletons = model.modules.flatMap(({ name }) => {
    const path = file.generatedPath(`skeletons/${kebabCase(name)}`);
    return [`export { define${name}, type ${name}Handlers } from "${path}";`];
  });
  const sessionData = model.types
    .filter((type) => type.sessionData)
    .map(({ name }) =>
      codecObject({ stem: name, file: file.declaration(name).file, declared: true }, file, "sessionData: "),
    );
  const configTypes = ["ModuleKey", "Rpc", ...(file.hasSessionData ? [file.sessionType("Session")] : [])];
  return {
    source: "idl/",
    imports: imports.lines(),
    exports: [
      `export { RpcError } from "${door}";`,
      'export { type Call, Rpc } from "./rpc.js";',
      ...(file.hasSessionData ? ['export type { Session, UserSession } from "./session.js";'] : []),
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
  for (const type of ["Connection", "ConnectionState", "ConnectOptions", "StateListener"])
    imports.type(type, door);
  imports.value("openConnection", door);
  const modules = model.modules
    .filter(
      (module) => module.pushes.length > 0 || module.methods.some(({ access }) => access !== "internal"),
    )
    .map((module) => ({
      property: camelCase(module.name),
      client: imports.value(`${module.name}Client`, file.generatedPath(`clients/${kebabCase(module.name)}`)),
      doc: commentBefore(module.doc, "  "),
    }));
  return {
    source: "idl/",
    imports: imports.lines(),
    exports: [`export { RpcError } from "${door}";`, ...shared(model)],
    modules,
  };
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
