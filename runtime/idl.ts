/**
 * What interface files import as `antwire/idl`. Types only: nothing of this exists at run time.
 *
 * Sized numbers and constraints are optional brands: any number or string is assignable to them, and
 * generated codecs check the range. The compiler reads them by the symbols below, so that they survive
 * generics, arrays and utility types.
 */
export type { Session, UserSession } from "./session/session.js";

declare const pushed: unique symbol;
declare const failure: unique symbol;
declare const sessionData: unique symbol;
declare const format: unique symbol;
declare const minLength: unique symbol;
declare const maxLength: unique symbol;
declare const pattern: unique symbol;
declare const minimum: unique symbol;
declare const maximum: unique symbol;
declare const minItems: unique symbol;
declare const maxItems: unique symbol;

/**
 * A brand that holds its value in the name of a property. Values in the same place would clash, and a
 * `uint8` could not be given where a `uint16` is wanted; the property that all have keeps TypeScript from
 * complaining that they have none in common.
 */
type Brand<Value extends string | number> = { readonly [Name in Value | "is"]?: true };

/** A message that the server sends to clients. Write it as `readonly entered: Push<Member>`. */
export interface Push<T> {
  readonly [pushed]?: T;
}

/** What a failure extends that a method declares by `@throws {Name}`. */
export interface Failure {
  readonly [failure]?: true;
}

/**
 * What the one type extends that says what sessions carry: `session.data` and `session.setData` have it
 * then. It travels with every call of the session, so keep it small.
 */
export interface SessionData {
  readonly [sessionData]?: true;
}

/** An integer from -128 to 127. */
export type int8 = number & { readonly [format]?: Brand<"int8"> };
/** An integer from -32,768 to 32,767. */
export type int16 = number & { readonly [format]?: Brand<"int16"> };
/** An integer from -2,147,483,648 to 2,147,483,647. */
export type int32 = number & { readonly [format]?: Brand<"int32"> };
/** An integer from 0 to 255. */
export type uint8 = number & { readonly [format]?: Brand<"uint8"> };
/** An integer from 0 to 65,535. */
export type uint16 = number & { readonly [format]?: Brand<"uint16"> };
/** An integer from 0 to 4,294,967,295. */
export type uint32 = number & { readonly [format]?: Brand<"uint32"> };
/** A finite number, rounded to single precision. */
export type float32 = number & { readonly [format]?: Brand<"float32"> };
/** A finite number; the same as `number`. */
export type float64 = number & { readonly [format]?: Brand<"float64"> };
/** An integer of 64 bits with a sign. */
export type int64 = bigint & { readonly [format]?: Brand<"int64"> };
/** An integer of 64 bits without a sign. */
export type uint64 = bigint & { readonly [format]?: Brand<"uint64"> };

/** At least `N` UTF-16 units: `string & MinLength<1>`. */
export type MinLength<N extends number> = { readonly [minLength]?: Brand<N> };
/** At most `N` UTF-16 units: `string & MaxLength<20>`. */
export type MaxLength<N extends number> = { readonly [maxLength]?: Brand<N> };
/** A regular expression, with the flag `u`, that the string matches: `string & Pattern<"^[a-z]+$">`. */
export type Pattern<P extends string> = { readonly [pattern]?: Brand<P> };
/** At least `N`: `number & Minimum<1>`. */
export type Minimum<N extends number> = { readonly [minimum]?: Brand<N> };
/** At most `N`: `number & Maximum<100>`. */
export type Maximum<N extends number> = { readonly [maximum]?: Brand<N> };
/** At least `N` items: `Item[] & MinItems<1>`. */
export type MinItems<N extends number> = { readonly [minItems]?: Brand<N> };
/** At most `N` items: `Item[] & MaxItems<50>`. */
export type MaxItems<N extends number> = { readonly [maxItems]?: Brand<N> };
