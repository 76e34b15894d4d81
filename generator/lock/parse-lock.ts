import { emptyLock, type Lock } from "./lock.js";

/** Reads the text of a lock file; undefined stands for none. Throws where somebody broke it by hand. */
export function parseLock(text: string | undefined): Lock {
  if (text === undefined) return emptyLock;
  const value: unknown = JSON.parse(text);
  if (isLock(value)) return value;
  throw new Error("it is no lock file of version 1");
}

/** Looks as deep as a merge gone wrong would show; what is deeper, only codegen writes. */
function isLock(value: unknown): value is Lock {
  if (!isTable(value)) return false;
  const { version, types, shipped, decisions, accepted } = value;
  return (
    version === 1 &&
    isTable(types) &&
    Object.values(types).every((places) => Array.isArray(places) && places.every(isPlace)) &&
    (shipped === undefined || isShape(shipped)) &&
    [decisions, accepted].every((list) => list === undefined || isList(list))
  );
}

function isShape(value: unknown): boolean {
  if (!isTable(value)) return false;
  return [value.methods, value.pushes, value.types].every(
    (table) => isTable(table) && Object.values(table).every(isTable),
  );
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isPlace(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
