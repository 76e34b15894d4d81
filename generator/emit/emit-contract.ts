import type { Method, Module, Push } from "../model/model.js";
import { wireName } from "../model/wire-name.js";
import { argumentsType } from "./codec/codec-functions.js";
import { argumentsPlace, codecOfPlace, pushedPlace, resultPlace } from "./codec-members.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { contractName, failureContractName, moduleContractName, propertyKey } from "./naming.js";
import { resultType } from "./signature.js";
import { typeText } from "./type-text.js";
import type { ContractView } from "./views.js";

/** The description of a module that the server's runtime works with. */
export function viewContract(module: Module, file: FileContext): ContractView {
  const annotated = file.typed(() => `: ${file.imports.type("ModuleContract", file.door)}`);
  const entries = (members: readonly (Method | Push)[]) =>
    members.map((member) => `${propertyKey(member.name)}: ${contractName(module, member)}`);
  const members = [
    ...module.methods.map((method) => viewMethod(module, method, file)),
    ...module.pushes.map((push) => viewPush(module, push, file)),
  ];
  return {
    ...file.view(`idl/${module.file}.d.ts`),
    members,
    declaration: moduleContractName(module) + annotated,
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
  const type = file.typed(
    () =>
      `: ${imports.type("MethodContract", door)}<${argumentsType(method, file)}, ${resultType(method, file)}>`,
  );
  const failures = method.failures.map((name) =>
    imports.value(failureContractName(name), file.generatedPath("failures")),
  );
  const parameters = method.parameters.map((parameter) => JSON.stringify(wireName(parameter)));
  const args =
    method.parameters.length === 0
      ? `args: ${imports.value("noArguments", door)}`
      : `args: ${codecOfPlace(argumentsPlace(module, method), file)}`;
  const result = method.result
    ? `result: ${codecOfPlace(resultPlace(module, method, method.result, file), file)}`
    : `result: ${imports.value("nothing", door)}`;
  return {
    declaration: contractName(module, method) + type,
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
  const type = file.typed(
    () => `: ${file.imports.type("PushContract", file.door)}<${typeText(push.type, file)}>`,
  );
  return {
    declaration: contractName(module, push) + type,
    lines: [
      `module: ${JSON.stringify(wireName(module))},`,
      `name: ${JSON.stringify(wireName(push))},`,
      ...(push.latest ? ["latest: true,"] : []),
      ...(push.replay ? ["replay: true,"] : []),
      `value: ${codecOfPlace(pushedPlace(module, push, file), file)},`,
    ],
  };
}
