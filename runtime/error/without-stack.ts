/**
 * Makes an error that has no stack, which is most of what an error costs: to capture one takes 5 microseconds, and to
 * write it down 30 more.
 *
 * @param create must not throw
 */
export function withoutStack<E extends Error>(create: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = create();
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}
