import type { Doc } from "./doc.js";
import type { Location } from "./location.js";
import type { LiteralValue, Type, TypeName } from "./type.js";

export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly readonly: boolean;
  readonly type: Type;
  /** Its place in the array on the wire. */
  readonly position: number;
  readonly doc: Doc;
  readonly at: Location;
}

export interface ObjectDefinition {
  readonly kind: "object";
  readonly fields: readonly Field[];
}

export interface UnionMember {
  /** What tells it from the others: the value of the discriminant. */
  readonly tag: LiteralValue;
  /** The member's object type, by name. */
  readonly type: string;
  /** Its index on the wire. */
  readonly position: number;
}

/** A union of objects that one property tells apart. */
export interface UnionDefinition {
  readonly kind: "union";
  readonly discriminant: string;
  /** Whether the discriminant's values are members of an enum. */
  readonly discriminantIsEnum: boolean;
  readonly members: readonly UnionMember[];
}

export interface EnumMember {
  readonly name: string;
  readonly value: string | number;
  readonly doc: Doc;
}

export interface EnumDefinition {
  readonly kind: "enum";
  readonly members: readonly EnumMember[];
}

/** A type with a codec of its own. */
export interface TypeDeclaration {
  /** Unique in the application. Of an anonymous type: made from the path to it. */
  readonly name: string;
  /** The IDL file whose codecs hold it, relative to the IDL folder, without `.d.ts`. */
  readonly file: string;
  /** How generated code names the type; undefined for an anonymous one, which it writes out. */
  readonly importName: TypeName | undefined;
  readonly definition: ObjectDefinition | UnionDefinition | EnumDefinition;
  /** Whether it extends `Failure`. */
  readonly failure: boolean;
  readonly doc: Doc;
  readonly at: Location;
}
