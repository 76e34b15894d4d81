import type { Doc } from "./doc.js";
import type { Location } from "./location.js";
import type { LiteralValue, Type, TypeName, Written } from "./type.js";

export interface Field {
  readonly name: string;
  /** From `@was`: its name on the wire. */
  readonly was?: string;
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

/** What JavaScript can tell apart without looking inside. */
export type ValueKind =
  | "string"
  | "number"
  | "boolean"
  | "bigint"
  | "Date"
  | "Uint8Array"
  | "array"
  | "Map"
  | "Set"
  | "object";

export interface UnionMember {
  /** What the lock knows it by: a value of the discriminant, or its kind. */
  readonly key: LiteralValue;
  readonly kind: ValueKind;
  /** The values of the discriminant, where several members are objects. */
  readonly tags?: readonly LiteralValue[];
  readonly type: Type;
  /** Its index on the wire. */
  readonly position: number;
}

/** A union whose members differ as JavaScript values: by kind, and objects by one property. */
export interface UnionDefinition {
  readonly kind: "union";
  readonly members: readonly UnionMember[];
  /** Members that travel as themselves. */
  readonly literals: readonly LiteralValue[];
  /** The enums of the table that some of the literals are members of. */
  readonly enums?: readonly string[];
  /** The property that tells the objects apart; undefined where there is one object at most. */
  readonly discriminant: string | undefined;
  /** Whether the discriminant's values are members of an enum. */
  readonly discriminantIsEnum: boolean;
}

export interface EnumMember {
  readonly name: string;
  readonly value: string | number;
  readonly doc: Doc;
}

export interface EnumDefinition {
  readonly kind: "enum";
  readonly members: readonly EnumMember[];
  /** The enum itself, for the constant with its values. */
  readonly name: TypeName;
  readonly isConst: boolean;
}

/** A type with a codec of its own. */
export interface TypeDeclaration {
  /** Unique in the application. Of an anonymous type: made from the path to it. */
  readonly name: string;
  /** From `@was`: its name on the wire. */
  readonly was?: string;
  /** What the lock remembers its places under; instantiations of a generic type share it. */
  readonly lockName: string;
  /** The IDL file whose codecs hold it, relative to the IDL folder, without `.d.ts`. */
  readonly file: string;
  /** How the IDL writes the type; undefined for an anonymous one, which generated code writes out. */
  readonly written: Written | undefined;
  readonly definition: ObjectDefinition | UnionDefinition | EnumDefinition;
  /** Whether it extends `Failure`. */
  readonly failure: boolean;
  /** Set where it says what sessions carry. */
  readonly sessionData?: true;
  readonly doc: Doc;
  readonly at: Location;
}
