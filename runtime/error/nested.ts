import { DeclaredFailure } from "./declared-failure.js";
import { RpcError } from "./rpc-error.js";
import { withoutStack } from "./without-stack.js";

// A brand that no copy and no wire carries. Only failures get here.
const nested = new WeakSet<RpcError>();

/**
 * Marks an error as the outcome of something that a handler asked of another part: a stub's call, a push.
 * Left uncaught it tells about the handler, not about what the handler's own caller did. Errors that are
 * no `RpcError` say nothing to callers anyway and stay as they are.
 */
export function markNested<T>(thrown: T): T {
  if (thrown instanceof RpcError) nested.add(thrown);
  return thrown;
}

/** Tells whether {@link markNested} got this very error. */
export function isNested(error: RpcError): boolean {
  return nested.has(error);
}

/**
 * The error as the caller of a stub gets it: an object of its own, because a handler may throw the same
 * one again and again. What a wire would not carry stays behind, except for the stack, which a developer
 * wants to see. Declared failures were copied by their codec before.
 */
export function toNested(error: RpcError): RpcError {
  return markNested(error instanceof DeclaredFailure ? error : again(error));
}

/** The error of a stub's call as one of whoever made that call for somebody else, who knows of no stub. */
export function toOwn(thrown: unknown): unknown {
  return thrown instanceof RpcError && isNested(thrown) ? again(thrown) : thrown;
}

function again(error: RpcError): RpcError {
  const { code, message, details } = error;
  return withStackOf(error, () => new RpcError(code, message, details && { details }));
}

/**
 * Makes a copy that shows where the original was made, to whoever looks: nobody does at a call that simply failed.
 *
 * @param create must not throw
 */
export function withStackOf<E extends Error>(original: Error, create: () => E): E {
  const copy = withoutStack(create);
  return Object.defineProperty(copy, "stack", {
    configurable: true,
    get: () => original.stack,
    set: (value: unknown) =>
      Object.defineProperty(copy, "stack", { configurable: true, writable: true, value }),
  });
}
