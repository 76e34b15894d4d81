/** A name that generated code can import. */
export interface TypeName {
  readonly name: string;
  /** The IDL file, relative to the IDL folder, without `.d.ts`; or `antwire/idl`. */
  readonly file: string;
}

/** A type as the IDL writes it: pieces of TypeScript, with the names to import told apart. */
export type Written = readonly (string | TypeName)[];

/** A string; lengths count UTF-16 units. */
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

export interface BigintType {
  readonly kind: "bigint";
  /** undefined for what fits either. */
  readonly format?: "int64" | "uint64";
}

export type LiteralValue = string | number | boolean;

/** One of a few values: a literal or a union of literals. */
export interface LiteralsType {
  readonly kind: "literals";
  readonly values: readonly LiteralValue[];
  /** The enums of the table that some are members of: TypeScript takes those by their names only. */
  readonly enums?: readonly string[];
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
  readonly items: readonly TupleItem[];
  /** What may follow the items, any number of times. */
  readonly rest?: Type;
  readonly restLabel?: string;
  readonly readonly: boolean;
}

export interface TupleItem {
  readonly type: Type;
  readonly optional: boolean;
  readonly label?: string;
}

export interface RecordType {
  readonly kind: "record";
  /** What the keys are, where they are more than strings: a brand, a template, a bound. */
  readonly key?: Type;
  readonly value: Type;
}

export interface MapType {
  readonly kind: "map";
  readonly key: Type;
  readonly value: Type;
  readonly readonly: boolean;
}

export interface SetType {
  readonly kind: "set";
  readonly item: Type;
  readonly readonly: boolean;
}

export interface NullableType {
  readonly kind: "nullable";
  readonly type: Type;
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
  | BigintType
  | { readonly kind: "boolean" | "null" | "date" | "bytes" | "unknown" }
  | LiteralsType
  | ArrayType
  | TupleType
  | RecordType
  | MapType
  | SetType
  | NullableType
  | RefType
) & {
  /** How the IDL writes it, where that says more than the kind. */
  readonly written?: Written;
  /** Whether TypeScript takes a value for it only by assertion: brands and template literals. */
  readonly asserted?: true;
};
