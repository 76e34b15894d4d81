import { copyBytes } from "./bytes.js";
import { isRecord } from "./record.js";
import { at, enter, leave, maxDepth, refuse } from "./refusal.js";
import { isKey, isText } from "./text.js";

/**
 * Checks and copies a value of the type `unknown`: null, booleans, finite numbers, strings, bytes, and
 * arrays and plain objects of these. What it gives is its own wire form.
 */
export function copyUnknown(value: unknown): unknown {
  switch (typeof value) {
    case "string":
      return isText(value) ? value : refuse(null, "a string of whole characters", value);
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : refuse(null, "a finite number", value);
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return copyArray(value);
      return value instanceof Uint8Array ? copyBytes(value) : copyObject(value);
    default:
      return refuse(null, "data", value);
  }
}

function copyArray(value: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  enter(0);
  // By index: `forEach` and its like would skip holes.
  for (let i = 0; i < value.length; i++) {
    at(i);
    copy.push(copyUnknown(value[i]));
  }
  leave();
  return copy;
}

function copyObject(value: object): Record<string, unknown> {
  if (!isRecord(value)) refuse(null, "data", value);
  const copy: Record<string, unknown> = {};
  enter("");
  for (const [key, entry] of Object.entries(value)) {
    at(key);
    if (!isKey(key)) refuse(null, "another key");
    copy[key] = copyUnknown(entry);
  }
  leave();
  return copy;
}

/**
 * Whether a value is one of the type `unknown`.
 *
 * @param depth how many levels down it stands
 */
export function isUnknown(value: unknown, depth: number): boolean {
  if (typeof value !== "object") return isScalar(value);
  if (value === null || value instanceof Uint8Array) return true;
  if (depth >= maxDepth) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isUnknown(value[i], depth + 1)) return false;
    return true;
  }
  if (!isRecord(value)) return false;
  for (const key of Object.keys(value)) if (!isKey(key) || !isUnknown(value[key], depth + 1)) return false;
  return true;
}

function isScalar(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return isText(value);
    case "number":
      return Number.isFinite(value);
    default:
      return typeof value === "boolean";
  }
}
