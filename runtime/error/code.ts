/** Every way in which a call can fail. The set is closed: clients in any language may switch over it. */
export const codes = [
  "invalid-argument",
  "unauthenticated",
  "permission-denied",
  "not-found",
  "unimplemented",
  "unavailable",
  "deadline-exceeded",
  "cancelled",
  "resource-exhausted",
  "aborted",
  "internal",
  "failed",
] as const;

/** One of {@link codes}. `failed` carries a failure declared in the IDL. */
export type Code = (typeof codes)[number];

const known: ReadonlySet<unknown> = new Set(codes);

/** Tells whether a value that came from elsewhere is one of {@link codes}. */
export function isCode(value: unknown): value is Code {
  return known.has(value);
}
