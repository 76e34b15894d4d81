import { ts } from "ts-morph";
import type { LiteralValue, Type } from "../model/type.js";
import { enumValue } from "./enum-value.js";
import { readCollection } from "./read-collection.js";
import type { ReadContext, Site } from "./read-context.js";
import { readEnum } from "./read-enum.js";
import { readIntersection } from "./read-intersection.js";
import { readObject } from "./read-object.js";
import { isTemplate, readTemplates } from "./read-template.js";
import { readUnion } from "./read-union.js";
import { refuseType } from "./refuse-type.js";
import { writeType } from "./write-type.js";

/** Reads a type where it is used. What cannot travel is reported, and reads as `null`, so that reading goes on. */
export function readType(context: ReadContext, site: Site, type: ts.Type): Type {
  const read = readUnwritten(context, site, type);
  if (read.kind === "ref" || read.written || !type.aliasSymbol) return read;
  const written = writeType(context, type);
  return written ? { ...read, written } : read;
}

function readUnwritten(context: ReadContext, site: Site, type: ts.Type): Type {
  const { flags } = type;
  if (flags & ts.TypeFlags.EnumLike) return readEnum(context, site, type);
  if (flags & ts.TypeFlags.String) return { kind: "string" };
  if (flags & ts.TypeFlags.Number) return { kind: "number", format: "float64" };
  if (flags & ts.TypeFlags.BigInt) return { kind: "bigint" };
  if (flags & ts.TypeFlags.Boolean) return { kind: "boolean" };
  if (flags & ts.TypeFlags.Null) return { kind: "null" };
  if (flags & ts.TypeFlags.Unknown) return { kind: "unknown" };
  if (isTemplate(type)) return readTemplates(context, site, [type], type);
  const literal = literalValue(context, type);
  if (literal !== undefined) return { kind: "literals", values: [literal] };
  if (type.isUnion()) return readUnion(context, site, type);
  if (type.isIntersection()) return readIntersection(context, site, type);
  if (flags & ts.TypeFlags.Object) {
    return readCollection(context, site, type as ts.ObjectType) ?? readObject(context, site, type);
  }
  return refuseType(context, site, type);
}

/** The value of a literal type or an enum's member; undefined of any other type, and of `bigint` literals. */
export function literalValue(context: ReadContext, type: ts.Type): LiteralValue | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (type.flags & ts.TypeFlags.Enum) {
    const member = type.symbol.valueDeclaration;
    return member && ts.isEnumMember(member) ? enumValue(context, member) : undefined;
  }
  if (type.flags & ts.TypeFlags.BooleanLiteral) {
    // The compiler keeps the two boolean literals apart by this name only.
    return (type as ts.Type & { intrinsicName: string }).intrinsicName === "true";
  }
  return undefined;
}

/** The site of a part. */
export function below(site: Site, path: string, name: string, node: ts.Node = site.node): Site {
  return {
    ...site,
    optional: false,
    node,
    path: `${site.path}${path}`,
    anonymousName: `${site.anonymousName}${name}`,
    lockStem: `${site.lockStem}${name}`,
  };
}
