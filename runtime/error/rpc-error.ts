import type { Code } from "./code.js";

/** What an error of a given code tells beyond its message. */
export interface ErrorDetails {
  /** Of `invalid-argument`: where the value stands that does not fit, such as `line.tags[3]`. */
  readonly path?: string;
  /** Of `invalid-argument`: what was expected there. */
  readonly expected?: string;
  /** Of `resource-exhausted`: when to try again, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** Of `failed`: the name of a declared failure that this program has no class for. */
  readonly type?: string;
  /** Of `failed`: the fields of such a failure, by their wire positions. */
  readonly fields?: readonly unknown[];
}

/**
 * The one error that calls end with. Handlers throw it to answer with a code of their choice; callers
 * catch it and look at {@link RpcError.code}. Declared failures are subclasses with the code `failed`.
 */
export class RpcError extends Error {
  readonly code: Code;
  readonly details: ErrorDetails | undefined;

  constructor(code: Code, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }

  override get name(): string {
    return "RpcError";
  }
}
