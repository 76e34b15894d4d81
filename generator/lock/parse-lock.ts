import { emptyLock, type Lock } from "./lock.js";

/** Reads the text of a lock file; undefined stands for none. Throws where somebody broke it by hand. */
export function parseLock(text: string | undefined): Lock {
  if (text === undefined) return emptyLock;
  const value: unknown = JSON.parse(text);
  if (isLock(value)) return value;
  throw new Error("it is no lock file of version 1");
}

function isLock(value: unknown): value is Lock {
  if (typeof value !== "object" || value === null) return false;
  const { version, types } = value as Partial<Record<keyof Lock, unknown>>;
  return (
    version === 1 &&
    typeof types === "object" &&
    types !== null &&
    Object.values(types).every((places) => Array.isArray(places) && places.every(isPlace))
  );
}

function isPlace(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** The lock as text: one type a line, so that a change of one type is a change of one line. */
export function printLock(lock: Lock): string {
  const types = Object.keys(lock.types).sort();
  const lines = types.map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(lock.types[name])}`);
  return `{\n  "version": ${lock.version},\n  "types": {\n${lines.join(",\n")}\n  }\n}\n`;
}
