import type { Diagnostic } from "../model/diagnostic.js";
import { camelCase, pascalCase } from "../model/letter-case.js";
import type { Location } from "../model/location.js";
import type { Model, Module } from "../model/model.js";
import type { Type } from "../model/type.js";

/** A name in generated code, and what of the IDL it is made for. */
interface Made {
  readonly name: string;
  readonly of: string;
  readonly at: Location;
}

/**
 * Generated code makes names of others: codecs and descriptions of methods are called after module and method
 * (`ChatSayArguments`, `chatSay`), others after types (`lineForm`, `lineCodec`).
 */
export function checkMadeNames(model: Model): Diagnostic[] {
  const types = model.types.map(({ name, at }) => ({ name, of: `the type ${name}`, at }));
  const coded = new Set(
    model.types.filter(({ definition }) => definition.kind !== "enum").map(({ name }) => name),
  );
  const codecs = model.modules.flatMap((module) => codecStems(module, coded));
  const stems = [...types.filter(({ name }) => coded.has(name)), ...codecs];
  const constants = constantNames(model);
  const told = new Set<string>();
  return [
    ...findTwice([...types, ...codecs], told),
    ...findTwice([...constants, ...codecsCalledAs(constants, stems)], told),
  ];
}

/** Codecs and their functions that have the name of something else. There are thousands, and this runs at each edit. */
function codecsCalledAs(constants: readonly Made[], stems: readonly Made[]): Made[] {
  const byName = new Map(stems.map((stem) => [pascalCase(stem.name), stem]));
  const codecs = stems
    .filter(({ name }) => /^(?:write|read|copy|is|fits)./i.test(name))
    .map(({ name, of, at }) => ({ name: `${camelCase(name)}Codec`, of, at }));
  const called = [...constants, ...codecs].flatMap(({ name }) => {
    const ofFunction = byName.get(/^(?:write|read|copy)(.+)$/.exec(name)?.[1] ?? "");
    const ofConstant = name.endsWith("Codec") && byName.get(pascalCase(name.slice(0, -"Codec".length)));
    return [ofFunction, ofConstant].flatMap((stem) => (stem ? [{ ...stem, name }] : []));
  });
  // Guards stand beside codecs, and nothing else.
  const guards = codecs.flatMap(({ name }) => {
    const ofGuard = byName.get(/^(?:is|fits)(.+)$/.exec(name)?.[1] ?? "");
    return ofGuard ? [{ ...ofGuard, name }] : [];
  });
  return [...codecs, ...called, ...guards];
}

/** @param told what is in each other's way and was reported, which is enough once */
function findTwice(made: readonly Made[], told: Set<string>): Diagnostic[] {
  const seen = new Map<string, string>();
  return made.flatMap(({ name, of, at }): Diagnostic[] => {
    const before = seen.get(name);
    seen.set(name, of);
    // Types of one name are reported as such.
    if (before === undefined || before === of) return [];
    const pair = [before, of].sort().join();
    if (told.has(pair)) return [];
    told.add(pair);
    const message = `generated code would call two things ${name}: what belongs to ${before} and to ${of}`;
    return [{ code: "IDL1301", at, message, path: "", hint: "rename one of them" }];
  });
}

/** @param coded names of the types that have codecs */
function codecStems(module: Module, coded: ReadonlySet<string>): Made[] {
  // A declared type's own codecs serve wherever it is the whole result. An enum has none.
  const hasCodecs = (type: Type) => type.kind === "ref" && coded.has(type.name);
  const made = (member: { name: string; at: Location }, ending: string, type?: Type) => ({
    name: stemOf(module, member) + ending + (type?.kind === "nullable" ? "OrNull" : ""),
    of: `${module.name}.${member.name}`,
    at: member.at,
  });
  return [
    ...module.methods.map((method) => made(method, "Arguments")),
    ...module.methods
      .filter(({ result }) => result && !hasCodecs(result))
      .map((method) => made(method, "Result", method.result)),
    ...module.pushes.filter(({ type }) => !hasCodecs(type)).map((push) => made(push, "Value", push.type)),
  ];
}

/** Constants that meet in one file: descriptions of modules, their members and failures, and JSON forms. */
function constantNames({ modules, types }: Model): Made[] {
  return [
    ...modules.flatMap((module) => [
      { name: camelCase(`${module.name}Contract`), of: module.name, at: module.at },
      ...[...module.methods, ...module.pushes].map((member) => ({
        name: camelCase(stemOf(module, member)),
        of: `${module.name}.${member.name}`,
        at: member.at,
      })),
    ]),
    ...types.flatMap(({ name, failure, at }) => [
      { name: camelCase(`${name}Form`), of: `the type ${name}`, at },
      ...(failure ? [{ name: camelCase(`${name}Contract`), of: `the failure ${name}`, at }] : []),
    ]),
  ];
}

function stemOf(module: Module, member: { readonly name: string }): string {
  return module.name + pascalCase(member.name);
}
