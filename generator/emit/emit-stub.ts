import type { Module } from "../model/model.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { contractName } from "./naming.js";
import {
  argumentNames,
  callerMethod,
  parameterList,
  returnType,
  sessionType,
  signature,
} from "./signature.js";
import type { StubView } from "./views.js";

/** What other modules call a module through. */
export function viewStub(module: Module, file: FileContext): StubView {
  const { imports, door } = file;
  imports.reserve(`${module.name}Stub`);
  imports.type("Caller", door);
  const methods = module.methods.map((method) => {
    const session = sessionType(method, file);
    const contract = imports.value(
      contractName(module, method),
      file.generatedPath(`contracts/${file.name}`),
    );
    const call = `this.#caller.${callerMethod(method)}(${contract}, ${session ? "session" : "undefined"}, ${argumentNames(method)}, options);`;
    return {
      doc: file.form === "js" ? "" : commentBefore(method.doc, "  "),
      signature: signature(
        method.name,
        [
          ...(session ? [`session${file.typed(() => `: ${session}`)}`] : []),
          ...parameterList(method, file, "?"),
          `options${file.typed(() => `?: ${imports.type("StubOptions", door)}`)}`,
        ],
        file.typed(() => `: ${returnType(method, file)}`),
      ),
      body: method.kind === "oneway" ? call : `return ${call}`,
    };
  });
  return {
    ...file.view(`idl/${module.file}.d.ts`),
    doc: commentBefore(module.doc),
    name: `${module.name}Stub`,
    methods,
  };
}
