import type {
  float32, float64, int8, int16, int32, MaxLength, Maximum, Minimum, MinLength, Pattern, Session, uint8, uint16, uint32,
} from "antwire/idl";

/** Every scalar once. */
export interface Scalars {
  text: string;
  flag: boolean;
  real: number;
  nothing: null;
  i8: int8;
  i16: int16;
  i32: int32;
  u8: uint8;
  u16: uint16;
  u32: uint32;
  f32: float32;
  f64: float64;
  when: Date;
  bytes: Uint8Array;
  yes: true;
  word: "one";
  digit: 3;
}

/** Constraints, as types and as tags. */
export interface Constrained {
  short: string & MaxLength<5>;
  long: string & MinLength<3>;
  slug: string & MinLength<1> & MaxLength<20> & Pattern<"^[a-z-]+$">;
  percent: number & Minimum<0> & Maximum<100>;
  die: uint8 & Minimum<1> & Maximum<6>;
  unit: float32 & Minimum<0> & Maximum<1>;
  /** @minLength 1 @maxLength 8 */
  tagged: string;
  /**
   * A code.
   * @pattern ^[A-Z]{3}$
   */
  code: string;
  /** @minimum -1.5 */
  low: number;
  /** @maximum 10 */
  high: uint16;
}

/** Scalars that may be null, absent, or either. */
export interface Perhaps {
  text: string | null;
  when: Date | null;
  bytes: Uint8Array | null;
  flag: boolean | null;
  short: (string & MaxLength<5>) | null;
  absentText?: string;
  absentWhen?: Date;
  absentFlag?: boolean;
  absentBytes?: Uint8Array;
  absentWord?: "a" | "b";
  eitherText?: string | null;
  eitherWhen?: Date | null;
  eitherNothing?: null;
}

/** A name with an alias. */
export type UserName = string & MaxLength<20>;

/** Scalars go in and come out. */
export interface ScalarEcho {
  all(session: Session, value_: Scalars): Promise<Scalars>;
  constrained(session: Session, given: Constrained): Promise<Constrained>;
  perhaps(session: Session, given: Perhaps): Promise<Perhaps>;
  text(session: Session, name: UserName): Promise<UserName>;
  maybe(session: Session, first: string, second?: uint8, third?: Date | null): Promise<string | null>;
  when(session: Session, at: Date): Promise<Date>;
  bytes(session: Session, wire: Uint8Array): Promise<Uint8Array>;
  ping(session: Session): Promise<void>;
}
