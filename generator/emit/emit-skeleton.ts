import type { Method, Module } from "../model/model.js";
import { argumentsType } from "./codec/codec-functions.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { moduleContractName, propertyAccess, propertyKey } from "./naming.js";
import { argumentNames, parameterList, sessionType, signature } from "./signature.js";
import { typeText } from "./type-text.js";
import type { SkeletonView } from "./views.js";

/** What a module has to implement, and the function that it implements it with. */
export function viewSkeleton(module: Module, file: FileContext): SkeletonView {
  const { imports, door } = file;
  imports.reserve(`${module.name}Handlers`);
  imports.reserve(`${module.name}Pushes`);
  imports.value("defineModule", door);
  imports.type("ModuleDefinition", door);
  imports.type("Setup", door);
  imports.type("Rpc", file.generatedPath("rpc"));
  const contract = imports.value(moduleContractName(module), file.generatedPath(`contracts/${file.name}`));
  const methods = module.methods.map((method) => ({
    doc: commentBefore(method.doc, "  "),
    signature: handlerSignature(method, file),
  }));
  const pushes = module.pushes.map((push) => ({
    doc: commentBefore(push.doc, "  "),
    signature: `readonly ${propertyKey(push.name)}: ${imports.type("PushTarget", door)}<${typeText(push.type, file)}>`,
  }));
  const invokers = module.methods.map((method) => invoker(module, method, file));
  const setupTypes = [`${module.name}Handlers`, "Rpc", `${module.name}Pushes`];
  if (file.hasSessionData) setupTypes.push(file.sessionType("Session"));
  return {
    source: `idl/${module.file}.d.ts`,
    imports: imports.lines(),
    doc: commentBefore(module.doc),
    module: module.name,
    define: breakList(
      `export function define${module.name}(`,
      [`setup: Setup<${setupTypes.join(", ")}>`],
      "): ModuleDefinition {",
    ),
    contract,
    methods,
    hasPushes: pushes.length > 0,
    hasNoPushes: pushes.length === 0,
    pushes,
    invokers,
  };
}

function handlerSignature(method: Method, file: FileContext): string {
  const session = sessionType(method, file);
  const result = method.result ? typeText(method.result, file) : "void";
  const parameters = [
    ...(session ? [`session: ${session}`] : []),
    ...parameterList(method, file, "| undefined"),
    `call: ${file.imports.type("Call", file.generatedPath("rpc"))}`,
  ];
  const returns = method.kind === "stream" ? `AsyncIterable<${result}>` : `${result} | Promise<${result}>`;
  return signature(method.name, parameters, returns);
}

/** Calls the handler with the arguments in their order. */
function invoker(module: Module, method: Method, file: FileContext): string {
  const session = sessionType(method, file);
  const parameters = [
    `handlers: ${module.name}Handlers`,
    session ? `session: ${session}` : "_session: unknown",
    method.parameters.length === 0 ? "_args: []" : `${argumentNames(method)}: ${argumentsType(method, file)}`,
    "call: Call",
  ];
  const given = [...(session ? ["session"] : []), ...method.parameters.map(({ name }) => name), "call"];
  const head = breakList(`${propertyKey(method.name)}: (`, parameters, ") =>", "    ");
  const call = `${propertyAccess("handlers", method.name)}(${given.join(", ")})`;
  const lastLine = head.slice(head.lastIndexOf("\n") + 1);
  return lastLine.length + call.length > 95 ? `${head}\n      ${call}` : `${head} ${call}`;
}
