import type { Diagnostic } from "../model/diagnostic.js";
import type { Module } from "../model/model.js";
import { takenMemberNames } from "./names.js";

/** Names of methods and pushes become levels of topics, and members of generated classes. */
export function checkMembers(module: Module): Diagnostic[] {
  return [...module.methods, ...module.pushes].flatMap(({ name, at }): Diagnostic[] => {
    const path = `${module.name}.${name}`;
    if (takenMemberNames.has(name)) {
      const message = `${name} has a meaning of its own on every object`;
      return [{ code: "IDL1302", at, message, path, hint: "choose another name" }];
    }
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
      const message = `${JSON.stringify(name)} cannot be a level of a topic`;
      return [
        { code: "IDL1303", at, message, path, hint: "use letters, digits and underscores, a letter first" },
      ];
    }
    return [];
  });
}
