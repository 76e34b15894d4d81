import type { Method } from "../model/model.js";
import type { BigintType, LiteralValue, NumberType, RefType, StringType } from "../model/type.js";

/** A type as the wire sees it: the model's, without what only readers of source care for. */
export type WireType =
  | StringType
  | NumberType
  | BigintType
  | RefType
  | { readonly kind: "boolean" | "null" | "date" | "bytes" | "unknown" }
  | { readonly kind: "literals"; readonly values: readonly LiteralValue[] }
  | ListType
  | WireTupleType
  | { readonly kind: "set"; readonly item: WireType }
  | { readonly kind: "record"; readonly key?: WireType; readonly value: WireType }
  | { readonly kind: "map"; readonly key: WireType; readonly value: WireType }
  | { readonly kind: "nullable"; readonly type: WireType };

export interface ListType {
  readonly kind: "array";
  readonly item: WireType;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface WireTupleType {
  readonly kind: "tuple";
  readonly items: readonly { readonly type: WireType; readonly optional?: true }[];
  readonly rest?: WireType;
}

export interface ParameterShape {
  readonly name: string;
  readonly was?: string;
  readonly optional?: true;
  readonly type: WireType;
}

/** The place of a parameter that was removed: clients may still send something there. */
export interface GoneParameter {
  readonly gone: string;
}

export interface MethodShape {
  /** Its full name on the wire, where `@was` keeps another one: `Chat.say`. */
  readonly was?: string;
  readonly kind: Method["kind"];
  readonly access: Method["access"];
  readonly parameters: readonly (ParameterShape | GoneParameter)[];
  /** Absent for `void`. */
  readonly result?: WireType;
  /** Names of types in the table. */
  readonly failures: readonly string[];
}

export interface PushShape {
  /** Its full name on the wire, where `@was` keeps another one. */
  readonly was?: string;
  readonly type: WireType;
}

export interface FieldShape {
  readonly name: string;
  readonly was?: string;
  readonly position: number;
  readonly optional?: true;
  readonly type: WireType;
}

export interface MemberShape {
  readonly key: LiteralValue;
  readonly position: number;
  readonly type: WireType;
}

export type TypeShape = { readonly was?: string } & (
  | { readonly kind: "object"; readonly fields: readonly FieldShape[] }
  | {
      readonly kind: "union";
      readonly members: readonly MemberShape[];
      readonly literals: readonly LiteralValue[];
    }
  | { readonly kind: "enum"; readonly values: readonly (string | number)[] }
);

/**
 * What the wire looked like when it was last shipped: everything that decides whether two versions of an
 * application understand each other. By the names in the source.
 */
export interface Shape {
  /** By module and method: `Chat.say`. */
  readonly methods: Readonly<Record<string, MethodShape>>;
  /** By module and push: `Chat.said`. */
  readonly pushes: Readonly<Record<string, PushShape>>;
  readonly types: Readonly<Record<string, TypeShape>>;
}
