import type { Codec } from "../codec/codec.js";

/** A push as the generator describes it to the runtime. */
export interface PushContract<T = unknown> {
  readonly module: string;
  readonly name: string;
  /** Whether a client that reads too slowly gets only the newest (`@latest`); default false. */
  readonly latest?: boolean;
  /** Whether a client that resumes its session gets what it missed (`@replay`); default false. */
  readonly replay?: boolean;
  readonly value: Codec<T>;
}
