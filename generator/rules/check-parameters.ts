import type { Diagnostic } from "../model/diagnostic.js";
import type { Module } from "../model/model.js";
import { reservedWords } from "./names.js";

// What generated methods call their own parameters.
const taken = new Set(["session", "call", "options", "handlers"]);

/** Parameters keep their names in generated code. */
export function checkParameters(module: Module): Diagnostic[] {
  return module.methods.flatMap((method) =>
    method.parameters
      .filter(({ name }) => taken.has(name) || reservedWords.has(name))
      .map(({ name, at }) => ({
        code: "IDL1302" as const,
        at,
        message: `generated code cannot have a parameter named ${name}`,
        path: `${module.name}.${method.name} -> ${name}`,
        hint: "choose another name; arguments travel by order, so no client breaks",
      })),
  );
}
