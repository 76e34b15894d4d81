import type { Field, TypeDeclaration, UnionMember, ValueKind } from "../../generator/model/declaration.js";
import { noDoc } from "../../generator/model/doc.js";
import type { Model } from "../../generator/model/model.js";
import type { LiteralValue, Type } from "../../generator/model/type.js";

/** A type with all that it consists of written out; objects, unions and enums get their names from the way to them. */
export type Spec =
  | { readonly kind: "leaf"; readonly type: Type }
  | { readonly kind: "nullable"; readonly inner: Spec }
  | {
      readonly kind: "array";
      readonly item: Spec;
      readonly bounds: { readonly minItems?: number; readonly maxItems?: number };
    }
  | { readonly kind: "set" | "record"; readonly item: Spec }
  | { readonly kind: "map"; readonly key: Spec; readonly item: Spec }
  | {
      readonly kind: "tuple";
      readonly items: readonly Spec[];
      readonly optional: number;
      readonly rest?: Spec;
    }
  | { readonly kind: "object"; readonly fields: readonly FieldSpec[] }
  | { readonly kind: "union"; readonly members: readonly MemberSpec[]; readonly literals: readonly string[] }
  | { readonly kind: "enum"; readonly values: readonly number[] };

export interface FieldSpec {
  readonly name: string;
  readonly was?: string;
  readonly optional: boolean;
  readonly spec: Spec;
}

/** A member of a union; one of several objects has the tag as its field `kind`. */
export interface MemberSpec {
  readonly kind: Exclude<ValueKind, "Map" | "Set">;
  readonly tag: string;
  readonly spec: Spec;
}

const at = { file: "idl/edit.d.ts", line: 1, column: 1, length: 1 };

/**
 * The model of one module that takes and pushes values of the type.
 *
 * @param name where the names of the types begin
 */
export function modelOf(spec: Spec, optional: boolean, name: string): Model {
  const types: TypeDeclaration[] = [];
  const type = lower(spec, name, types);
  const method = {
    name: "send",
    kind: "call",
    access: "session",
    parameters: [{ name: "value", optional, type, at }],
    result: undefined,
    failures: [],
    timeout: undefined,
    idempotent: false,
    doc: noDoc,
    at,
  } as const;
  // An array, which has a codec under the push's own name whatever its items are.
  const pushed = {
    name: "pushed",
    type: { kind: "array", item: type, readonly: false },
    latest: false,
    replay: false,
    doc: noDoc,
    at,
  } as const;
  const module = { name: "Edit", file: "edit", methods: [method], pushes: [pushed], doc: noDoc, at };
  return { modules: [module], types: types.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function lower(spec: Spec, name: string, types: TypeDeclaration[]): Type {
  switch (spec.kind) {
    case "leaf":
      return spec.type;
    case "nullable": {
      const type = lower(spec.inner, name, types);
      return ["nullable", "null", "unknown"].includes(type.kind) ? type : { kind: "nullable", type };
    }
    case "array":
      return { kind: "array", item: lower(spec.item, `${name}Item`, types), readonly: false, ...spec.bounds };
    case "set":
      return { kind: "set", item: lower(spec.item, `${name}Item`, types), readonly: false };
    case "record":
      return { kind: "record", value: lower(spec.item, `${name}Value`, types) };
    case "map":
      return {
        kind: "map",
        key: lower(spec.key, `${name}Key`, types),
        value: lower(spec.item, `${name}Value`, types),
        readonly: false,
      };
    case "tuple": {
      const required = spec.items.length - spec.optional;
      return {
        kind: "tuple",
        items: spec.items.map((item, i) => ({
          type: lower(item, `${name}Item${i}`, types),
          optional: i >= required,
        })),
        ...(spec.rest && { rest: lower(spec.rest, `${name}Rest`, types) }),
        readonly: false,
      };
    }
    default:
      types.push(declare(name, define(spec, name, types)));
      return { kind: "ref", name };
  }
}

function declare(name: string, definition: TypeDeclaration["definition"]): TypeDeclaration {
  return {
    name,
    lockName: name,
    file: "edit",
    written: undefined,
    definition,
    failure: false,
    doc: noDoc,
    at,
  };
}

function define(
  spec: Extract<Spec, { kind: "object" | "union" | "enum" }>,
  name: string,
  types: TypeDeclaration[],
): TypeDeclaration["definition"] {
  switch (spec.kind) {
    case "object":
      return { kind: "object", fields: spec.fields.map((field) => defineField(field, name, types)) };
    case "enum": {
      const members = spec.values.map((value) => ({ name: `M${value}`, value, doc: noDoc }));
      return { kind: "enum", members, name: { name, file: "edit" }, isConst: false };
    }
    case "union": {
      const tagged = spec.members.filter((member) => member.kind === "object").length > 1;
      return {
        kind: "union",
        members: spec.members.map((member) => defineMember(member, tagged, name, types)),
        literals: spec.literals,
        discriminant: tagged ? "kind" : undefined,
        discriminantIsEnum: false,
      };
    }
  }
}

function defineField(
  { name, was, optional, spec }: FieldSpec,
  owner: string,
  types: TypeDeclaration[],
): Field {
  return {
    name,
    ...(was !== undefined && { was }),
    optional,
    readonly: false,
    type: lower(spec, owner + (was ?? name).toUpperCase(), types),
    position: -1,
    doc: noDoc,
    at,
  };
}

function defineMember(
  { kind, tag, spec }: MemberSpec,
  tagged: boolean,
  name: string,
  types: TypeDeclaration[],
): UnionMember {
  const isTagged = tagged && kind === "object";
  const key: LiteralValue = isTagged ? tag : kind;
  const type = lower(isTagged ? withTag(spec, tag) : spec, `${name}${tag}`, types);
  return { key, kind, ...(isTagged && { tags: [tag] }), type, position: -1 };
}

function withTag(spec: Spec, tag: string): Spec {
  if (spec.kind !== "object") throw new Error("Only objects have tags.");
  const kind: Spec = { kind: "leaf", type: { kind: "literals", values: [tag] } };
  return { kind: "object", fields: [{ name: "kind", optional: false, spec: kind }, ...spec.fields] };
}
