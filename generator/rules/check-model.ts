import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Model, Module } from "../model/model.js";
import { checkFailures } from "./check-failures.js";
import { checkFields } from "./check-fields.js";
import { checkMadeNames } from "./check-made-names.js";
import { checkMembers } from "./check-members.js";
import { checkParameters } from "./check-parameters.js";
import { checkUniqueNames } from "./check-unique-names.js";
import { takenModuleNames, takenTypeNames } from "./names.js";

/** What is wrong with a model although each of its types can travel. */
export function checkModel(model: Model): Diagnostic[] {
  return [
    ...checkUniqueNames(model),
    ...checkMadeNames(model),
    ...model.modules.flatMap((module) => [
      ...checkName(module, takenModuleNames),
      ...checkMembers(module),
      ...checkParameters(module),
    ]),
    ...model.types.flatMap((type) => checkName(type, takenTypeNames)),
    ...checkFields(model),
    ...checkFailures(model),
  ];
}

function checkName(declaration: Module | TypeDeclaration, taken: ReadonlySet<string>): Diagnostic[] {
  if (!taken.has(declaration.name)) return [];
  return [
    {
      code: "IDL1302",
      at: declaration.at,
      message: `${declaration.name} is a name that generated code needs for itself`,
      path: "",
      hint: "choose another name",
    },
  ];
}
