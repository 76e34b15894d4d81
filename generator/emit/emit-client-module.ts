import type { Method, Module, Push } from "../model/model.js";
import { wireName } from "../model/wire-name.js";
import { argumentsType } from "./codec/codec-functions.js";
import { argumentsPlace, codecFunction, pushedPlace, resultPlace } from "./codec-members.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { contractName, failureContractName, propertyAccess, propertyKey } from "./naming.js";
import {
  argumentNames,
  callerMethod,
  parameterList,
  resultType,
  returnType,
  signature,
} from "./signature.js";
import { typeText } from "./type-text.js";
import type { ClientModuleView } from "./views.js";

/** What a game's frontend calls a module through: the methods that take a session, and the pushes. */
export function viewClientModule(module: Module, file: FileContext): ClientModuleView {
  const { imports, door } = file;
  imports.reserve(`${module.name}Client`);
  imports.type("ClientLink", door);
  const reachable = module.methods.filter((method) => method.access !== "internal");
  const isDeclared = file.form === "d.ts";
  const members = isDeclared
    ? []
    : [
        ...reachable.map((method) => viewMethod(module, method, file)),
        ...module.pushes.map((push) => viewPush(module, push, file)),
      ];
  const methods = reachable.map((method) => {
    const oneway = method.kind === "oneway";
    const call = `this.#link.${callerMethod(method)}(${contractName(module, method)}, ${argumentNames(method)}`;
    const options = oneway ? [] : [`options${file.typed(() => `?: ${imports.type("CallOptions", door)}`)}`];
    return {
      doc: file.form === "js" ? "" : commentBefore(method.doc, "  "),
      signature: signature(
        method.name,
        [...parameterList(method, file, "?"), ...options],
        file.typed(() => `: ${returnType(method, file)}`),
      ),
      body: oneway ? `${call});` : `return ${call}, options);`,
    };
  });
  const pushes = module.pushes.map((push) => ({
    doc: file.form === "js" ? "" : commentBefore(push.doc, "  "),
    signature: `${file.typed(() => "readonly ")}${propertyKey(push.name)}${file.typed(() => `: ${imports.type("Subscription", door)}<${typeText(push.type, file)}>`)}`,
  }));
  return {
    ...file.view(`idl/${module.file}.d.ts`),
    members,
    doc: commentBefore(module.doc),
    name: `${module.name}Client`,
    hasMethods: reachable.length > 0,
    pushes,
    assignments: [
      ...(reachable.length > 0 ? ["this.#link = link;"] : []),
      ...module.pushes.map(
        (push) => `${propertyAccess("this", push.name)} = link.subscription(${contractName(module, push)});`,
      ),
    ],
    methods,
  };
}

function viewMethod(module: Module, method: Method, file: FileContext): ClientModuleView["members"][number] {
  const { imports, door } = file;
  const type = file.typed(
    () =>
      `: ${imports.type("ClientMethod", door)}<${argumentsType(method, file)}, ${resultType(method, file)}>`,
  );
  const write =
    method.parameters.length === 0
      ? `${imports.value("noArguments", door)}.write`
      : codecFunction(argumentsPlace(module, method), "write", file);
  const read = method.result
    ? codecFunction(resultPlace(module, method, method.result, file), "read", file)
    : imports.value("readNothing", door);
  const failures = method.failures.map((name) =>
    imports.value(failureContractName(name), file.generatedPath("failures")),
  );
  return {
    declaration: contractName(module, method) + type,
    lines: [
      `route: "${wireName(module)}/${wireName(method)}",`,
      `timeout: ${method.timeout ?? "undefined"},`,
      `write: ${write},`,
      `read: ${read},`,
      `failures: [${failures.join(", ")}],`,
    ],
  };
}

function viewPush(module: Module, push: Push, file: FileContext): ClientModuleView["members"][number] {
  const type = file.typed(
    () => `: ${file.imports.type("ClientPush", file.door)}<${typeText(push.type, file)}>`,
  );
  return {
    declaration: contractName(module, push) + type,
    lines: [
      `route: "${wireName(module)}/${wireName(push)}",`,
      ...(push.replay ? ["replay: true,"] : []),
      `read: ${codecFunction(pushedPlace(module, push, file), "read", file)},`,
    ],
  };
}
