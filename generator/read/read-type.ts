import { ts } from "ts-morph";
import type { LiteralValue, Type, TypeName } from "../model/type.js";
import { readBranded } from "./read-branded.js";
import type { ReadContext, Site } from "./read-context.js";
import { readEnum } from "./read-enum.js";
import { readNamedObject } from "./read-object.js";
import { readUnion } from "./read-union.js";

// What a type that was reported reads as, so that reading goes on and finds the rest.
export const refused: Type = { kind: "null" };

/** Reads a type where it is used. What cannot travel is reported, and reads as `null`. */
export function readType(context: ReadContext, site: Site, type: ts.Type): Type {
  const alias = aliasOf(context, type);
  const read = readWithoutAlias(context, site, type);
  return alias && read.kind !== "ref" && read.kind !== "nullable" ? { ...read, alias } : read;
}

function readWithoutAlias(context: ReadContext, site: Site, type: ts.Type): Type {
  const flags = type.flags;
  if (flags & ts.TypeFlags.Any) {
    context.report(site, "IDL1102", "`any` says nothing about the value", "name the type that it has");
    return refused;
  }
  if (flags & ts.TypeFlags.EnumLike) return readEnum(context, site, type);
  if (flags & ts.TypeFlags.String) return { kind: "string" };
  if (flags & ts.TypeFlags.Number) return { kind: "number", format: "float64" };
  if (flags & ts.TypeFlags.Boolean) return { kind: "boolean" };
  if (flags & ts.TypeFlags.Null) return { kind: "null" };
  const literal = literalValue(type);
  if (literal !== undefined) return { kind: "literals", values: [literal] };
  if (type.isUnion()) return readUnion(context, site, type);
  if (type.isIntersection()) return readBranded(context, site, type);
  if (flags & ts.TypeFlags.Object) return readObjectLike(context, site, type as ts.ObjectType);
  return refuseScalar(context, site, type);
}

/** The value of a literal type; undefined of any other type, and of `bigint` literals. */
export function literalValue(type: ts.Type): LiteralValue | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (type.flags & ts.TypeFlags.BooleanLiteral) {
    // The compiler keeps the two boolean literals apart by this name only.
    return (type as ts.Type & { intrinsicName: string }).intrinsicName === "true";
  }
  return undefined;
}

function readObjectLike(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const { checker } = context;
  if (checker.isTupleType(type)) return readTuple(context, site, type as ts.TupleTypeReference);
  if (checker.isArrayType(type)) return readArray(context, site, type as ts.TypeReference);
  const builtin = context.builtin(type.symbol);
  if (builtin === "Session" || builtin === "UserSession" || builtin === "Push") {
    const hint =
      builtin === "Push"
        ? "a push is a property of a module: `readonly entered: Push<Member>`"
        : "the session is a method's first parameter and nothing else";
    context.report(site, "IDL1113", `${builtin} is no data`, hint);
    return refused;
  }
  if (isDeclaredInLibrary(context, type.symbol)) return readLibraryType(context, site, type);
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) {
    context.report(site, "IDL1103", "a function cannot travel", "name the data that the receiver needs");
    return refused;
  }
  if (type.symbol?.flags & ts.SymbolFlags.Class) {
    context.report(
      site,
      "IDL1104",
      `${type.symbol.name} is a class, and its instances cannot travel`,
      "declare an interface with its fields",
    );
    return refused;
  }
  return readNamedObject(context, site, type);
}

function readLibraryType(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const name = type.symbol.name;
  switch (name) {
    case "Date":
      return { kind: "date" };
    case "Uint8Array":
      return { kind: "bytes" };
    case "Promise":
      context.report(site, "IDL1103", "a promise cannot travel", "only a method returns a Promise");
      return refused;
    case "__type": // A mapped type of the library: `Record`, `Partial`, …
      return readMapped(context, site, type);
    case "Function":
      context.report(site, "IDL1103", "a function cannot travel", "name the data that the receiver needs");
      return refused;
    case "Object":
      context.report(site, "IDL1105", "`Object` has no fields", "declare an interface with fields");
      return refused;
    default:
      context.report(
        site,
        ["Map", "Set", "ReadonlyMap", "ReadonlySet", "Array", "ReadonlyArray"].includes(name)
          ? "IDL1110"
          : "IDL1101",
        `${name} cannot travel yet`,
        "use arrays, records, interfaces, Date, Uint8Array, strings, numbers and booleans",
      );
      return refused;
  }
}

function readMapped(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const { checker } = context;
  const value = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (value && checker.getPropertiesOfType(type).length === 0) {
    return { kind: "record", value: readType(context, below(site, "[key]", "Value"), value) };
  }
  context.report(
    site,
    "IDL1110",
    `${checker.typeToString(type)} is not supported yet`,
    "declare an interface with the fields that it has",
  );
  return refused;
}

function readArray(context: ReadContext, site: Site, type: ts.TypeReference): Type {
  const item = context.checker.getTypeArguments(type)[0];
  if (!item || containsItself(context, site, type)) return refused;
  context.inlining.add(type);
  const read = readType(context, below(site, "[]", "Item"), item);
  context.inlining.delete(type);
  return { kind: "array", item: read, readonly: type.symbol.name === "ReadonlyArray" };
}

function readTuple(context: ReadContext, site: Site, type: ts.TupleTypeReference): Type {
  if (containsItself(context, site, type)) return refused;
  if (type.target.elementFlags.some((flags) => flags !== ts.ElementFlags.Required)) {
    context.report(
      site,
      "IDL1110",
      "optional and rest elements are not supported yet",
      "write a tuple of fixed length, an array, or an interface with optional fields",
    );
    return refused;
  }
  context.inlining.add(type);
  const items = context.checker
    .getTypeArguments(type)
    .map((item, index) => readType(context, below(site, `[${index}]`, `Item${index}`), item));
  context.inlining.delete(type);
  return { kind: "tuple", items, readonly: type.target.readonly };
}

function containsItself(context: ReadContext, site: Site, type: ts.Type): boolean {
  if (!context.inlining.has(type)) return false;
  context.report(
    site,
    "IDL1112",
    `${context.checker.typeToString(type)} contains itself`,
    "put an interface between, such as `interface Tree { children: Tree[] }`",
  );
  return true;
}

function refuseScalar(context: ReadContext, site: Site, type: ts.Type): Type {
  const shown = context.checker.typeToString(type);
  const { flags } = type;
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) {
    context.report(
      site,
      "IDL1107",
      `${shown} is no value on the wire`,
      "write `name?: T` for what may be absent, or `T | null`",
    );
  } else if (flags & ts.TypeFlags.ESSymbolLike) {
    context.report(site, "IDL1103", "a symbol cannot travel", "use a string");
  } else if (flags & ts.TypeFlags.TypeParameter) {
    context.report(site, "IDL1106", `${shown} has no value here`, "name a type in its place");
  } else if (flags & ts.TypeFlags.NonPrimitive) {
    context.report(site, "IDL1105", "`object` has no fields", "declare an interface with fields");
  } else if (flags & ts.TypeFlags.Never) {
    context.report(
      site,
      "IDL1101",
      "no value has this type (`never`)",
      "look for an intersection that excludes itself",
    );
  } else {
    context.report(
      site,
      "IDL1110",
      `${shown} is not supported yet`,
      "use strings, numbers, booleans, literals, interfaces, arrays, records, Date or Uint8Array",
    );
  }
  return refused;
}

/** The alias that stands for the type, if generated code can import it. */
export function aliasOf(context: ReadContext, type: ts.Type): TypeName | undefined {
  const symbol = type.aliasSymbol;
  if (!symbol || type.aliasTypeArguments) return undefined;
  if (context.builtin(symbol)) return { name: symbol.name, file: "antwire/idl" };
  const declaration = symbol.declarations?.[0];
  const file = declaration && context.fileOf(declaration);
  return file === undefined ? undefined : { name: symbol.name, file };
}

function isDeclaredInLibrary(context: ReadContext, symbol: ts.Symbol | undefined): boolean {
  const source = symbol?.declarations?.[0]?.getSourceFile();
  return source !== undefined && context.project.program.isSourceFileDefaultLibrary(source);
}

/** The site of a part. */
export function below(site: Site, path: string, name: string, node: ts.Node = site.node): Site {
  return {
    ...site,
    optional: false,
    node,
    path: `${site.path}${path}`,
    anonymousName: `${site.anonymousName}${name}`,
  };
}
