import type { Method, Module } from "../model/model.js";
import { argumentsType } from "./codec/codec-functions.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { moduleContractName, propertyAccess, propertyKey } from "./naming.js";
import { argumentNames, parameterList, resultType, sessionType, signature } from "./signature.js";
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
  const isPlain = file.form === "js";
  const methods = (isPlain ? [] : module.methods).map((method) => ({
    doc: commentBefore(method.doc, "  "),
    signature: handlerSignature(method, file),
  }));
  const pushes = (isPlain ? [] : module.pushes).map((push) => ({
    doc: commentBefore(push.doc, "  "),
    signature: `readonly ${propertyKey(push.name)}: ${imports.type("PushTarget", door)}<${typeText(push.type, file)}>`,
  }));
  const invokers = file.form === "d.ts" ? [] : module.methods.map((method) => invoker(module, method, file));
  const setupTypes = [`${module.name}Handlers`, "Rpc", `${module.name}Pushes`];
  if (file.hasSessionData) setupTypes.push(file.sessionType("Session"));
  return {
    ...file.view(`idl/${module.file}.d.ts`),
    doc: commentBefore(module.doc),
    module: module.name,
    define: breakList(
      `export function define${module.name}(`,
      [`setup${file.typed(() => `: Setup<${setupTypes.join(", ")}>`)}`],
      `)${file.typed(() => ": ModuleDefinition")}`,
    ),
    contract,
    methods,
    hasPushes: !isPlain && module.pushes.length > 0,
    hasNoPushes: !isPlain && module.pushes.length === 0,
    pushes,
    invokers,
  };
}

function handlerSignature(method: Method, file: FileContext): string {
  const session = sessionType(method, file);
  const result = resultType(method, file);
  const parameters = [
    ...(session ? [`session: ${session}`] : []),
    ...parameterList(method, file, "| undefined"),
    `call: ${file.imports.type("Call", file.generatedPath("rpc"))}`,
  ];
  const returns = method.kind === "stream" ? `AsyncIterable<${result}>` : `${result} | Promise<${result}>`;
  return signature(method.name, parameters, `: ${returns}`);
}

/** Calls the handler with the arguments in their order. */
function invoker(module: Module, method: Method, file: FileContext): string {
  const session = sessionType(method, file);
  const isUnused = method.parameters.length === 0;
  const parameters = [
    `handlers${file.typed(() => `: ${module.name}Handlers`)}`,
    session ? `session${file.typed(() => `: ${session}`)}` : `_session${file.typed(() => ": unknown")}`,
    (isUnused ? "_args" : argumentNames(method)) + file.typed(() => `: ${argumentsType(method, file)}`),
    `call${file.typed(() => ": Call")}`,
  ];
  const given = [...(session ? ["session"] : []), ...method.parameters.map(({ name }) => name), "call"];
  const head = breakList(`${propertyKey(method.name)}: (`, parameters, ") =>", "    ");
  const call = `${propertyAccess("handlers", method.name)}(${given.join(", ")})`;
  const lastLine = head.slice(head.lastIndexOf("\n") + 1);
  return lastLine.length + call.length > 95 ? `${head}\n      ${call}` : `${head} ${call}`;
}
