import type { Codec } from "../codec/codec.js";
import type { FailureContract } from "./failure.js";

/** Who may call a method: other modules only, any connected client, or a session bound to a user. */
export type Access = "internal" | "session" | "user";

/** What a caller gets: one result, nothing, or a sequence. */
export type CallKind = "call" | "oneway" | "stream";

/** A method as the generator describes it to the runtime. `Args` are without the session. */
export interface MethodContract<Args extends readonly unknown[] = readonly unknown[], Result = unknown> {
  /** The module's name in the IDL, such as `Chat`. */
  readonly module: string;
  readonly name: string;
  readonly kind: CallKind;
  readonly access: Access;
  /** The deadline of `@timeout`, in milliseconds; undefined for the application's default. */
  readonly timeout: number | undefined;
  /** Whether it may run twice (`@idempotent`). */
  readonly idempotent: boolean;
  /** Names of the parameters, without the session. */
  readonly parameters: readonly string[];
  readonly args: Codec<Args>;
  readonly result: Codec<Result>;
  /** What `@throws` declares. Anything else that a handler throws becomes `internal`. */
  readonly failures: readonly FailureContract[];
}
