import type { Codec } from "../codec/codec.js";
import type { DeclaredFailure } from "../error/declared-failure.js";

/** A failure as the generator describes it to the runtime. */
export interface FailureContract<Fields = unknown> {
  readonly name: string;
  readonly type: abstract new (...args: never[]) => DeclaredFailure;
  readonly codec: Codec<Fields>;
  /** Makes the error that a caller catches. */
  create(fields: Fields, message: string): DeclaredFailure;
}
