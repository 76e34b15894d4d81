/** A type as one builds it up: its own `readonly` holds only for those who get it. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
