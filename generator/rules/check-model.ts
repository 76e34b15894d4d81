import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Model, Module } from "../model/model.js";
import { takenTypeNames } from "../model/taken-names.js";
import { checkFailures } from "./check-failures.js";
import { checkFields } from "./check-fields.js";
import { checkMadeNames } from "./check-made-names.js";
import { checkMembers } from "./check-members.js";
import { checkParameters } from "./check-parameters.js";
import { checkSessionData } from "./check-session-data.js";
import { checkUniqueNames } from "./check-unique-names.js";
import { frameworkPrefix, takenModuleNames } from "./names.js";

/**
 * What is wrong with a model although each of its types can travel.
 *
 * @param isFramework whether it is the framework's own, which may use the names kept for the framework
 */
export function checkModel(model: Model, isFramework: boolean): Diagnostic[] {
  return [
    ...checkUniqueNames(model),
    ...checkMadeNames(model),
    ...model.modules.flatMap((module) => [
      ...checkName(module, takenModuleNames),
      ...(isFramework ? [] : checkPrefix(module)),
      ...checkMembers(module),
      ...checkParameters(module),
    ]),
    ...model.types.flatMap((type) => checkName(type, takenTypeNames)),
    ...checkFields(model),
    ...checkFailures(model),
    ...checkSessionData(model),
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

function checkPrefix({ name, at }: Module): Diagnostic[] {
  if (!name.startsWith(frameworkPrefix)) return [];
  return [
    {
      code: "IDL1302",
      at,
      message: `${name} begins with ${frameworkPrefix}, as the framework's own modules do`,
      path: "",
      hint: "choose another name",
    },
  ];
}
