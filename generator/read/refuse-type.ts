import { ts } from "ts-morph";
import type { DiagnosticCode } from "../model/diagnostic-codes.js";
import type { Type } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";

/** What a type that was reported reads as. */
export const refused: Type = { kind: "null" };

type Refusal = readonly [code: DiagnosticCode, message: string, hint: string];

/** Reports a type that cannot travel, with what to write instead. */
export function refuseType(context: ReadContext, site: Site, type: ts.Type): Type {
  const [code, message, hint] = explain(context, type);
  context.report(site, code, message, hint);
  return refused;
}

function explain(context: ReadContext, type: ts.Type): Refusal {
  const shown = context.checker.typeToString(type);
  const { flags } = type;
  if (flags & ts.TypeFlags.Any) {
    return ["IDL1102", "`any` says nothing about the value", "name the type that it has, or write `unknown`"];
  }
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) {
    return [
      "IDL1107",
      `${shown} is no value on the wire`,
      "write `name?: T` for what may be absent, or `T | null`",
    ];
  }
  if (flags & ts.TypeFlags.ESSymbolLike) return ["IDL1103", "a symbol cannot travel", "use a string"];
  if (flags & ts.TypeFlags.TypeParameter) {
    return ["IDL1106", `${shown} has no value here`, "name a type in its place"];
  }
  if (flags & ts.TypeFlags.NonPrimitive) {
    return ["IDL1105", "`object` has no fields", "declare an interface with fields"];
  }
  if (flags & ts.TypeFlags.Never) {
    return ["IDL1101", "no value has this type (`never`)", "look for an intersection that excludes itself"];
  }
  if (flags & (ts.TypeFlags.Conditional | ts.TypeFlags.IndexedAccess | ts.TypeFlags.Substitution)) {
    return ["IDL1114", `${shown} cannot be resolved here`, "name the type that it comes to"];
  }
  return ["IDL1101", `${shown} cannot travel`, dataHint];
}

export const dataHint =
  "use strings, numbers, bigints, booleans, literals, Date, Uint8Array, arrays, maps, sets, records and interfaces";

/** Reports a type of TypeScript's library that is no data. */
export function refuseLibraryType(context: ReadContext, site: Site, name: string): Type {
  const [code, message, hint] = explainLibraryType(name);
  context.report(site, code, message, hint);
  return refused;
}

function explainLibraryType(name: string): Refusal {
  switch (name) {
    case "Promise":
    case "PromiseLike":
      return ["IDL1103", "a promise cannot travel", "only a method returns a Promise"];
    case "Function":
      return ["IDL1103", "a function cannot travel", "name the data that the receiver needs"];
    case "Object":
      return ["IDL1105", "`Object` has no fields", "declare an interface with fields"];
    default:
      return ["IDL1104", `${name} is a class, and its instances cannot travel`, dataHint];
  }
}
