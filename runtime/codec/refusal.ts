import { RpcError } from "../error/rpc-error.js";
import { withoutStack } from "../error/without-stack.js";

/**
 * Values nest at most this deep. The bound also ends cyclic values and stops hostile input before the
 * stack does.
 */
export const maxDepth = 64;

// Where the codec that runs now stands. Codecs are synchronous, so one path serves them all; writing
// two slots of an array per nested value costs about a nanosecond, and a path object per value would be
// garbage that only failures look at.
const keys: (string | number)[] = new Array(maxDepth).fill("");
let depth = 0;

/** Goes one level down, to the value under `key`. */
export function enter(key: string | number): void {
  if (depth === maxDepth) refuse(key, `values nested at most ${maxDepth} deep`);
  keys[depth++] = key;
}

/** Goes on to the next value at this level. */
export function at(key: string | number): void {
  keys[depth - 1] = key;
}

/** Goes one level up. */
export function leave(): void {
  depth--;
}

/**
 * Forgets where the codec that ran last stood. Whoever catches what a codec threw calls it: a getter of a
 * value may throw too, and would leave its levels behind.
 */
export function leaveAll(): void {
  depth = 0;
}

/**
 * What a codec threw, for the code whose value it refused: with a stack that begins at the caller of `below`, where
 * that value comes from. To be called where `leaveAll` would be.
 */
export function toCaller(thrown: unknown, below: (...args: never[]) => unknown): unknown {
  leaveAll();
  // Not every browser knows it.
  if (thrown instanceof RpcError) Error.captureStackTrace?.(thrown, below);
  return thrown;
}

/**
 * Whether a codec takes a value that stands so many levels down. Guards ask where values come near the bound: which of
 * them are one level too deep, only the codec knows.
 */
export function takesAt(copy: (value: never) => unknown, value: unknown, levels: number): boolean {
  const before = depth;
  depth = levels;
  try {
    copy(value as never); // It checks what it is given.
    return true;
  } catch (error) {
    if (error instanceof RpcError) return false;
    throw error;
  } finally {
    depth = before;
  }
}

/**
 * Ends the running codec with `invalid-argument`.
 *
 * @param key what does not fit, as seen from the value that is being looked at; null for that value itself
 * @param expected what would have fitted, such as "a string of at most 20 characters"
 * @param got what stands there instead
 */
export function refuse(key: string | number | null, expected: string, ...got: [unknown?]): never {
  const path = keys.slice(0, depth);
  depth = 0; // Whoever catches this has left all levels.
  if (key !== null) path.push(key);
  const where = path.reduce<string>(append, "");
  const found = got.length === 0 ? "" : `, got ${describe(got[0])}`;
  const message = `${where === "" ? "" : `${where}: `}expected ${expected}${found}`;
  // What strangers send is refused most often, and of that a stack tells nothing. `toCaller` adds it.
  throw withoutStack(() => new RpcError("invalid-argument", message, { details: { path: where, expected } }));
}

function append(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** Names a value without showing it: what a client sent does not belong into logs and messages. */
function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a number";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object") {
    // By the prototype: a field named `constructor` may hold anything that a client sent.
    const prototype: unknown = Object.getPrototypeOf(value);
    const maker = typeof prototype === "object" ? prototype?.constructor : undefined;
    return typeof maker === "function" && maker !== Object ? `an instance of ${maker.name}` : "an object";
  }
  return typeof value === "function" ? "a function" : `a ${typeof value}`;
}
