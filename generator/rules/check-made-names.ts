import type { Diagnostic } from "../model/diagnostic.js";
import type { Location } from "../model/location.js";
import type { Model, Module } from "../model/model.js";
import type { Type } from "../model/type.js";

/** Codecs and descriptions of methods are named after module and method: `ChatSayArguments`, `chatSay`. */
export function checkMadeNames(model: Model): Diagnostic[] {
  const seen = new Map<string, string>(model.types.map(({ name }) => [name, `the type ${name}`]));
  const coded = new Set(
    model.types.filter(({ definition }) => definition.kind !== "enum").map(({ name }) => name),
  );
  return model.modules.flatMap((module) =>
    madeNames(module, coded).flatMap(({ name, of, at }): Diagnostic[] => {
      const before = seen.get(name);
      seen.set(name, of);
      if (before === undefined) return [];
      const message = `generated code would call two things ${name}: what belongs to ${before} and to ${of}`;
      return [{ code: "IDL1301", at, message, path: "", hint: "rename one of them" }];
    }),
  );
}

/** @param coded names of the types that have codecs */
function madeNames(module: Module, coded: ReadonlySet<string>): { name: string; of: string; at: Location }[] {
  // A declared type's own codecs serve wherever it is the whole result. An enum has none.
  const hasCodecs = (type: Type) => type.kind === "ref" && coded.has(type.name);
  const made = (member: { name: string; at: Location }, ending: string) => {
    const stem = module.name + member.name.charAt(0).toUpperCase() + member.name.slice(1);
    return { name: stem + ending, of: `${module.name}.${member.name}`, at: member.at };
  };
  return [
    ...module.methods.map((method) => made(method, "Arguments")),
    ...module.methods
      .filter(({ result }) => result && !hasCodecs(result))
      .map((method) => made(method, "Result")),
    ...module.pushes.filter(({ type }) => !hasCodecs(type)).map((push) => made(push, "Value")),
  ];
}
