import type { Method, Module, Push } from "../model/model.js";
import { wireName } from "../model/wire-name.js";
import { argumentsType } from "./codec/codec-functions.js";
import { argumentsPlace, codecObject, pushedPlace, resultPlace } from "./codec-members.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { contractName, failureContractName, moduleContractName, propertyKey } from "./naming.js";
import { typeText } from "./type-text.js";
import type { ContractView } from "./views.js";

/** The description of a module that the server's runtime works with. */
export function viewContract(module: Module, file: FileContext): ContractView {
  file.imports.type("ModuleContract", file.door);
  const entries = (members: readonly (Method | Push)[]) =>
    members.map((member) => `${propertyKey(member.name)}: ${contractName(module, member)}`);
  return {
    source: `idl/${module.file}.d.ts`,
    members: [
      ...module.methods.map((method) => viewMethod(module, method, file)),
      ...module.pushes.map((push) => viewPush(module, push, file)),
    ],
    imports: file.imports.lines(),
    name: moduleContractName(module),
    module: wireName(module),
    methods: object("methods", entries(module.methods)),
    pushes: object("pushes", entries(module.pushes)),
  };
}

function object(name: string, entries: readonly string[]): string {
  return entries.length === 0 ? `${name}: {}` : breakList(`${name}: { `, entries, " }", "  ");
}

function viewMethod(module: Module, method: Method, file: FileContext): ContractView["members"][number] {
  const { imports, door } = file;
  const type = `${imports.type("MethodContract", door)}<${argumentsType(method, file)}, ${method.result ? typeText(method.result, file) : "void"}>`;
  const failures = method.failures.map((name) =>
    imports.value(failureContractName(name), file.generatedPath("failures")),
  );
  const parameters = method.parameters.map((parameter) => JSON.stringify(wireName(parameter)));
  const args =
    method.parameters.length === 0
      ? `args: ${imports.value("noArguments", door)}`
      : codecObject(argumentsPlace(module, method), file, "args: ");
  const result = method.result
    ? codecObject(resultPlace(module, method, method.result, file), file, "result: ")
    : `result: ${imports.value("nothing", door)}`;
  return {
    declaration: `export const ${contractName(module, method)}: ${type}`,
    lines: [
      `module: ${JSON.stringify(wireName(module))},`,
      `name: ${JSON.stringify(wireName(method))},`,
      `kind: ${JSON.stringify(method.kind)},`,
      `access: ${JSON.stringify(method.access)},`,
      `timeout: ${method.timeout ?? "undefined"},`,
      `idempotent: ${method.idempotent},`,
      `parameters: [${parameters.join(", ")}],`,
      `${args},`,
      `${result},`,
      `failures: [${failures.join(", ")}],`,
    ],
  };
}

function viewPush(module: Module, push: Push, file: FileContext): ContractView["members"][number] {
  return {
    declaration: `export const ${contractName(module, push)}: ${file.imports.type("PushContract", file.door)}<${typeText(push.type, file)}>`,
    lines: [
      `module: ${JSON.stringify(wireName(module))},`,
      `name: ${JSON.stringify(wireName(push))},`,
      `${codecObject(pushedPlace(module, push, file), file, "value: ")},`,
    ],
  };
}
