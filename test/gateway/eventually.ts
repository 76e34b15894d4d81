import { expect } from "vitest";

/** Expects something to become so. The time is long because machines that run tests are busy. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 10_000 });
}
