import type { Method, Model, Module } from "../model/model.js";
import { wireName } from "../model/wire-name.js";
import { failuresOf } from "./emit-failures.js";
import type { FileContext } from "./file-context.js";
import { declareForm, jsonForm } from "./json-form.js";
import { breakList } from "./layout.js";
import { contractName, formName, kebabCase } from "./naming.js";
import { reachableMethods, reachableTypes } from "./reachable.js";
import type { RoutesView } from "./views.js";

/** All that clients can reach, with the JSON forms of what they send and get. Internal methods have no route. */
export function viewRoutes(model: Model, file: FileContext): RoutesView {
  const { imports, door } = file;
  imports.type("Routes", door);
  const types = {
    routes: `routes${file.typed(() => ": Routes")}`,
    methodType: file.typed(() => "<MethodRoute>"),
    pushType: file.typed(() => "<PushRoute>"),
    failureType: file.typed(() => "<string, JsonForm>"),
  };
  for (const type of ["JsonForm", "MethodRoute", "PushRoute"]) imports.type(type, door);
  const reached = reachableTypes(model);
  const forms = model.types
    .filter(({ name }) => reached.has(name))
    .map((type) => declareForm(type, file))
    .filter((form) => form !== undefined);
  const methods = reachableMethods(model).map(({ module, method }) => viewMethod(module, method, file));
  const pushes = model.modules.flatMap((module) =>
    module.pushes.map((push) => {
      const contract = contractOf(module, contractName(module, push), file);
      return `"${wireName(module)}/${wireName(push)}": { push: ${contract}, value: ${jsonForm(push.type, file)} }`;
    }),
  );
  const failures = failuresOf(model)
    .filter(({ name }) => reached.has(name))
    .map((failure) => `["${wireName(failure)}", ${formName(failure.name)}]`);
  return { ...file.view("idl/"), ...types, forms, methods, pushes, failures };
}

function viewMethod(module: Module, method: Method, file: FileContext): string {
  const json = file.imports.value("json", file.door);
  const parameters = method.parameters.map(({ type, optional }) =>
    optional ? `${json}.optional(${jsonForm(type, file)})` : jsonForm(type, file),
  );
  const entries = [
    `method: ${contractOf(module, contractName(module, method), file)}`,
    breakList("parameters: [", parameters, "]", "      "),
    `result: ${method.result ? jsonForm(method.result, file) : `${json}.plain`}`,
  ];
  return breakList(`"${wireName(module)}/${wireName(method)}": { `, entries, " }", "    ");
}

function contractOf(module: Module, name: string, file: FileContext): string {
  return file.imports.value(name, file.generatedPath(`contracts/${kebabCase(module.name)}`));
}
