import type {
  ObjectDefinition,
  TypeDeclaration,
  UnionDefinition,
} from "../../generator/model/declaration.js";
import type { Parameter } from "../../generator/model/model.js";
import type { Type } from "../../generator/model/type.js";

/** What a codec converts: a value of some type, or a method's arguments. */
export type Shape = Type | ArgumentsShape;

export interface ArgumentsShape {
  readonly kind: "arguments";
  readonly parameters: readonly Parameter[];
}

/** The model's table of types. */
export type Declarations = ReadonlyMap<string, TypeDeclaration>;

export function definitionOf(name: string, declarations: Declarations): TypeDeclaration["definition"] {
  const declaration = declarations.get(name);
  if (declaration === undefined) throw new Error(`The model has no type ${name}.`);
  return declaration.definition;
}

/** Whether null is one of its values, so that nil on the wire cannot mean that there is none. */
export function takesNull(type: Type): boolean {
  return type.kind === "nullable" || type.kind === "null" || type.kind === "unknown";
}

/** How many objects and unions the smallest value has inside each other; Infinity for a value without end. */
export function leastHeight(type: Type, declarations: Declarations, around: readonly string[] = []): number {
  switch (type.kind) {
    case "tuple":
      return Math.max(0, ...type.items.map((item) => leastHeight(item.type, declarations, around)));
    case "array":
      return type.minItems ? leastHeight(type.item, declarations, around) : 0;
    case "ref": {
      if (around.includes(type.name)) return Number.POSITIVE_INFINITY;
      const definition = definitionOf(type.name, declarations);
      const heightOf = (inner: Type) => leastHeight(inner, declarations, [...around, type.name]);
      if (definition.kind === "enum") return 0;
      return (
        1 +
        (definition.kind === "union" ? leastOfUnion(definition, heightOf) : ofObject(definition, heightOf))
      );
    }
    default:
      return 0;
  }
}

function leastOfUnion(definition: UnionDefinition, heightOf: (type: Type) => number): number {
  if (definition.literals.length > 0) return 0;
  return Math.min(...definition.members.map((member) => heightOf(member.type)));
}

function ofObject(definition: ObjectDefinition, heightOf: (type: Type) => number): number {
  const required = definition.fields.filter((field) => !field.optional);
  return Math.max(0, ...required.map((field) => heightOf(field.type)));
}
