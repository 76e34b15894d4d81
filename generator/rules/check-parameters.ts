import type { Diagnostic } from "../model/diagnostic.js";
import type { Method, Module } from "../model/model.js";
import { reservedWords } from "./names.js";

// What generated methods call their own parameters.
const taken = new Set(["session", "call", "options", "handlers"]);

/** What generated stubs call the description of the method itself. */
function contractName(module: Module, { name }: Method): string {
  return (
    module.name.charAt(0).toLowerCase() + module.name.slice(1) + name.charAt(0).toUpperCase() + name.slice(1)
  );
}

/** Parameters keep their names in generated code. */
export function checkParameters(module: Module): Diagnostic[] {
  return module.methods.flatMap((method) =>
    method.parameters
      .filter(
        ({ name }) => taken.has(name) || reservedWords.has(name) || name === contractName(module, method),
      )
      .map(({ name, at }) => ({
        code: "IDL1302" as const,
        at,
        message: `generated code cannot have a parameter named ${name}`,
        path: `${module.name}.${method.name} -> ${name}`,
        hint: "choose another name; arguments travel by order, so no client breaks",
      })),
  );
}
