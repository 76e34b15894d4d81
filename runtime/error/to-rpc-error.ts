import type { Code } from "./code.js";
import { DeclaredFailure } from "./declared-failure.js";
import { isNested, withStackOf } from "./nested.js";
import { RpcError } from "./rpc-error.js";

/** What matters here of a declared failure's contract. */
interface Declaration {
  readonly type: abstract new (...args: never[]) => DeclaredFailure;
  readonly codec: { copy(fields: unknown): unknown };
  create(fields: unknown, message: string): DeclaredFailure;
}

// What an uncaught error of a nested call still means to the caller further out: that the whole may be
// tried again, or was given up, or hit a fault that the log has already. The other codes speak of
// arguments and rights that the outer caller never saw.
const passing: ReadonlySet<Code> = new Set<Code>([
  "unavailable",
  "deadline-exceeded",
  "cancelled",
  "resource-exhausted",
  "aborted",
  "internal",
]);

/**
 * The error that the caller of a method hears for what its handler threw; undefined where the caller must
 * not see it, and {@link internalError} stands in for it.
 *
 * Errors thrown by the handler itself pass with their code. A declared failure passes where the method
 * declares it, wherever it came from, as a copy. Other uncaught errors of nested calls pass only where
 * their code means the same to the outer caller.
 *
 * @throws RpcError the codec's `invalid-argument`, where the fields of a declared failure do not fit
 */
export function toRpcError(thrown: unknown, declared: readonly Declaration[]): RpcError | undefined {
  if (!(thrown instanceof RpcError)) return undefined;
  if (thrown instanceof DeclaredFailure) {
    const declaration = declared.find((candidate) => thrown instanceof candidate.type);
    if (declaration === undefined) return undefined;
    const fields = declaration.codec.copy(thrown);
    return withStackOf(thrown, () => declaration.create(fields, thrown.message));
  }
  if (thrown.code === "failed") return undefined;
  return isNested(thrown) && !passing.has(thrown.code) ? undefined : thrown;
}

/** What stands in for an error that is for the log only. */
export function internalError(traceId: string): RpcError {
  return new RpcError("internal", `Internal error (trace ${traceId})`);
}
