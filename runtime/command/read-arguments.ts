import { UsageError } from "./command-error.js";
import type { Manifest, ManifestParameter, TypeText } from "./manifest.js";
import { formatType } from "./signature.js";

/**
 * Reads the arguments of a call from the words of a shell: each is JSON, or a bare word where the parameter
 * takes text.
 *
 * @throws UsageError
 */
export function readArguments(
  words: readonly string[],
  parameters: readonly ManifestParameter[],
  manifest: Manifest,
): unknown[] {
  const missing = parameters.find(({ optional }, i) => !optional && i >= words.length);
  if (missing !== undefined) throw new UsageError(`${missing.name} is missing: ${describe(missing.type)}.`);
  const extra = words[parameters.length];
  if (extra !== undefined) {
    throw new UsageError(`${JSON.stringify(extra)} is one argument too many.`);
  }
  return parameters.slice(0, words.length).map((parameter, i) => {
    const word = words[i] ?? "";
    const value = readWord(word, parameter.type, manifest);
    if (value !== undefined) return value.read;
    throw new UsageError(
      `${parameter.name}: expected ${describe(parameter.type)} as JSON, got ${JSON.stringify(word)}.`,
    );
  });
}

/** Without an IDL: JSON where it is any, and else text. */
export function readBareArguments(words: readonly string[]): unknown[] {
  return words.map((word) => parse(word)?.read ?? word);
}

/** Undefined where it is neither JSON nor text that the type takes. */
function readWord(word: string, type: TypeText, manifest: Manifest): { read: unknown } | undefined {
  const value = parse(word);
  if (takesText(type, word, manifest)) {
    // A number is text here; only what is in quotes, or says null where that is taken, is JSON.
    const isJson = typeof value?.read === "string" || (type.kind === "nullable" && value?.read === null);
    return isJson ? value : { read: word };
  }
  // In JSON these travel as digits in a string.
  if (type.kind === "bigint" && /^-?\d+$/.test(word.trim())) return { read: word.trim() };
  return value;
}

function takesText(type: TypeText, word: string, manifest: Manifest): boolean {
  switch (type.kind) {
    case "string":
      return true;
    case "literals":
      return type.values?.includes(word) ?? false;
    case "nullable":
      return type.type !== undefined && takesText(type.type, word, manifest);
    case "ref": {
      const declared = manifest.types.find(({ name }) => name === type.name)?.definition;
      return declared?.kind === "enum" && (declared.members?.some(({ value }) => value === word) ?? false);
    }
    default:
      return false;
  }
}

function parse(word: string): { read: unknown } | undefined {
  try {
    return { read: JSON.parse(word) };
  } catch {
    // Not JSON, which is for the caller to judge.
    return undefined;
  }
}

function describe(type: TypeText): string {
  return formatType(type);
}
