import { ts } from "ts-morph";
import type { TupleItem, Type } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { below, readType } from "./read-type.js";
import { refused, refuseLibraryType } from "./refuse-type.js";

/** Reads what TypeScript's library declares: arrays, tuples, maps, sets, dates, bytes; undefined for other objects. */
export function readCollection(context: ReadContext, site: Site, type: ts.ObjectType): Type | undefined {
  const { checker } = context;
  if (checker.isTupleType(type)) return inline(context, site, type, () => readTuple(context, site, type));
  if (checker.isArrayType(type)) return inline(context, site, type, () => readArray(context, site, type));
  // Mapped types such as `Partial` are declared there too, but are objects like any other.
  const declared = type.symbol?.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class);
  if (!declared || !isDeclaredInLibrary(context, type.symbol)) return undefined;
  const { name } = type.symbol;
  switch (name) {
    case "Date":
      return { kind: "date" };
    case "Uint8Array":
      return { kind: "bytes" };
    case "Map":
    case "ReadonlyMap":
      return inline(context, site, type, () => readMap(context, site, type));
    case "Set":
    case "ReadonlySet":
      return inline(context, site, type, () => readSet(context, site, type));
    default:
      return refuseLibraryType(context, site, name);
  }
}

/** Collections have no codec of their own, so one that contains itself would be written out for ever. */
function inline(context: ReadContext, site: Site, type: ts.Type, read: () => Type): Type {
  if (context.inlining.has(type)) {
    context.report(
      site,
      "IDL1112",
      `${context.checker.typeToString(type)} contains itself`,
      "put an interface between, such as `interface Tree { children: Tree[] }`",
    );
    return refused;
  }
  const outer = context.inlining;
  context.inlining = new Set([...outer, type]);
  const result = read();
  context.inlining = outer;
  return result;
}

function argumentsOf(context: ReadContext, type: ts.ObjectType): readonly ts.Type[] {
  return context.checker.getTypeArguments(type as ts.TypeReference);
}

function readArray(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const item = argumentsOf(context, type)[0];
  if (!item) return refused;
  const read = readType(context, below(site, "[]", "Item"), item);
  return { kind: "array", item: read, readonly: type.symbol.name === "ReadonlyArray" };
}

function readTuple(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const { target } = type as ts.TupleTypeReference;
  const types = argumentsOf(context, type);
  const items: TupleItem[] = [];
  let rest: Type | undefined;
  let restLabel: string | undefined;
  types.forEach((item, index) => {
    const flags = target.elementFlags[index] ?? ts.ElementFlags.Required;
    const label = labelOf(target.labeledElementDeclarations?.[index]);
    const optional = (flags & ts.ElementFlags.Optional) !== 0;
    const place = { ...below(site, `[${index}]`, `Item${index}`), optional };
    if (flags & ts.ElementFlags.Variable) {
      if (index < types.length - 1) {
        context.report(
          place,
          "IDL1115",
          "a rest element stands before others",
          "put it at the end of the tuple",
        );
      }
      rest = readType(context, below(site, `[${index}...]`, "Rest"), item);
      restLabel = label;
      return;
    }
    const read = readType(context, place, item);
    items.push(label === undefined ? { type: read, optional } : { type: read, optional, label });
  });
  return {
    kind: "tuple",
    items,
    ...(rest && { rest }),
    ...(restLabel !== undefined && { restLabel }),
    readonly: target.readonly,
  };
}

function labelOf(node: ts.Node | undefined): string | undefined {
  return node && (ts.isNamedTupleMember(node) || ts.isParameter(node)) && ts.isIdentifier(node.name)
    ? node.name.text
    : undefined;
}

function readMap(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const [key, value] = argumentsOf(context, type);
  if (!key || !value) return refused;
  const place = below(site, "[key]", "Key");
  const readKey = readType(context, place, key);
  if (!isPrimitive(context, readKey)) {
    context.report(
      place,
      "IDL1116",
      `${context.checker.typeToString(key)} cannot be the key of a map`,
      "use strings, numbers, bigints, booleans or literals: two equal objects are two keys to JavaScript",
    );
  }
  return {
    kind: "map",
    key: readKey,
    value: readType(context, below(site, "[value]", "Value"), value),
    readonly: type.symbol.name === "ReadonlyMap",
  };
}

function isPrimitive(context: ReadContext, type: Type): boolean {
  if (type.kind === "ref") return context.isEnum(type.name);
  return ["string", "number", "bigint", "boolean", "literals"].includes(type.kind);
}

function readSet(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const item = argumentsOf(context, type)[0];
  if (!item) return refused;
  const read = readType(context, below(site, "[item]", "Item"), item);
  return { kind: "set", item: read, readonly: type.symbol.name === "ReadonlySet" };
}

function isDeclaredInLibrary(context: ReadContext, symbol: ts.Symbol): boolean {
  const source = symbol.declarations?.[0]?.getSourceFile();
  return source !== undefined && context.project.program.isSourceFileDefaultLibrary(source);
}
