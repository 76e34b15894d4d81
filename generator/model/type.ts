/** How many UTF-16 units a string has, and what it looks like. */
export interface StringType {
  readonly kind: "string";
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The source of a regular expression with the flag `u`. */
  readonly pattern?: string;
}

export type NumberFormat = "int8" | "int16" | "int32" | "uint8" | "uint16" | "uint32" | "float32" | "float64";

export interface NumberType {
  readonly kind: "number";
  readonly format: NumberFormat;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type LiteralValue = string | number | boolean;

/** One of a few values: a literal or a union of literals. */
export interface LiteralsType {
  readonly kind: "literals";
  readonly values: readonly LiteralValue[];
  /** Those of the values that are members of an enum: TypeScript takes them by their name only. */
  readonly enumMembers?: readonly EnumMemberName[];
}

export interface EnumMemberName {
  readonly enum: TypeName;
  readonly member: string;
  readonly value: string | number;
}

export interface ArrayType {
  readonly kind: "array";
  readonly item: Type;
  readonly readonly: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly items: readonly Type[];
  readonly readonly: boolean;
}

export interface RecordType {
  readonly kind: "record";
  readonly value: Type;
}

export interface NullableType {
  readonly kind: "nullable";
  readonly type: Exclude<Type, NullableType>;
}

/** A type of the model's table, by its name. */
export interface RefType {
  readonly kind: "ref";
  readonly name: string;
}

/** How a value looks where it is used: all that has no codec of its own, and references to what has. */
export type Type = (
  | StringType
  | NumberType
  | { readonly kind: "boolean" }
  | { readonly kind: "null" }
  | { readonly kind: "date" }
  | { readonly kind: "bytes" }
  | LiteralsType
  | ArrayType
  | TupleType
  | RecordType
  | NullableType
  | RefType
) & {
  /** The alias that the IDL uses here, so that generated code reads as the IDL does. */
  readonly alias?: TypeName;
};

/** A name that generated code can import. */
export interface TypeName {
  readonly name: string;
  /** The IDL file, relative to the IDL folder, without `.d.ts`. */
  readonly file: string;
}
