import type { Codec } from "../codec/codec.js";

/** A push as the generator describes it to the runtime. */
export interface PushContract<T = unknown> {
  readonly module: string;
  readonly name: string;
  readonly value: Codec<T>;
}
