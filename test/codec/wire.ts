import type {
  ObjectDefinition,
  UnionDefinition,
  UnionMember,
  ValueKind,
} from "../../generator/model/declaration.js";
import type { TupleType, Type } from "../../generator/model/type.js";
import { type Declarations, definitionOf, type Shape, takesNull } from "./shape.js";

/**
 * What is done to each array whose elements have a meaning by their place, before it is sent. Places that
 * nothing uses any more hold `undefined`.
 */
export type Positional = (
  places: readonly unknown[],
  of: Shape["kind"] | "object" | "union" | "optional",
) => unknown[];

const asItIs: Positional = (places) => places.map((place) => place ?? null);

/**
 * A valid value as it travels, by the model alone: what codecs write is compared with it, and what they
 * read is made of it.
 */
export function wireOf(
  shape: Shape,
  value: unknown,
  declarations: Declarations,
  positional: Positional = asItIs,
): unknown {
  const of = (inner: Type, part: unknown) => wireOf(inner, part, declarations, positional);
  const optional = (inner: Type, part: unknown) => {
    if (part === undefined) return null;
    return takesNull(inner) ? positional([of(inner, part)], "optional") : of(inner, part);
  };
  switch (shape.kind) {
    case "number":
      return shape.format === "float32" ? Math.fround(value as number) : value;
    case "date":
      return (value as Date).getTime();
    case "array":
      return (value as unknown[]).map((item) => of(shape.item, item));
    case "tuple": {
      const places = (value as unknown[]).map((item, i) => of(shape.items[i]?.type ?? restOf(shape), item));
      // Where it may go on as it is, there is no place for what is added later.
      const isClosed = shape.rest === undefined && shape.items.every((item) => !item.optional);
      return isClosed ? positional(places, "tuple") : places;
    }
    case "record":
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [key, of(shape.value, item)]),
      );
    case "map":
      return [...(value as Map<unknown, unknown>)].map(([key, item]) => [
        of(shape.key, key),
        of(shape.value, item),
      ]);
    case "set":
      return [...(value as Set<unknown>)].map((item) => of(shape.item, item));
    case "nullable":
      return value === null ? null : of(shape.type, value);
    case "arguments": {
      const given = value as unknown[];
      const places = shape.parameters.map(({ type, optional: mayMiss }, i) =>
        mayMiss ? optional(type, given[i]) : of(type, given[i]),
      );
      return positional(places, "arguments");
    }
    case "ref": {
      const definition = definitionOf(shape.name, declarations);
      if (definition.kind === "enum") return value;
      if (definition.kind === "object") {
        const given = value as Record<string, unknown>;
        const places: unknown[] = new Array(lengthOf(definition)).fill(undefined);
        for (const field of definition.fields) {
          const part = given[field.name];
          places[field.position] = field.optional ? optional(field.type, part) : of(field.type, part);
        }
        return positional(places, "object");
      }
      const member = memberOf(definition, value);
      return member === undefined ? value : positional([member.position, of(member.type, value)], "union");
    }
    default:
      return value;
  }
}

export function restOf(type: TupleType): Type {
  if (type.rest === undefined) throw new Error("The tuple has too many elements.");
  return type.rest;
}

/** How many places an object's array has; the last may have been emptied. */
export function lengthOf(definition: ObjectDefinition): number {
  return Math.max(-1, ...definition.fields.map((field) => field.position)) + 1;
}

/** The member of a union that a value belongs to; undefined for one of its literals. */
export function memberOf(definition: UnionDefinition, value: unknown): UnionMember | undefined {
  if (definition.literals.some((literal) => literal === value)) return undefined;
  const kind = kindOf(value);
  const { discriminant } = definition;
  return definition.members.find((member) => {
    if (member.kind !== kind) return false;
    if (member.tags === undefined || discriminant === undefined) return true;
    const tag = (value as Record<string, unknown>)[discriminant];
    return member.tags.some((one) => one === tag);
  });
}

export function kindOf(value: unknown): ValueKind {
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  if (value instanceof Map) return "Map";
  if (value instanceof Set) return "Set";
  return Array.isArray(value) ? "array" : (typeof value as ValueKind);
}
