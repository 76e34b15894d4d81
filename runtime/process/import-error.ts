/**
 * Why a file could not be imported, in one line, where that says all: a file or a package that is not there, or
 * TypeScript that is none. Undefined for all other errors.
 */
export function describeImportError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const isMissing = "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
  // What esbuild calls it, inside tsx.
  const isMalformed = error.name === "TransformError";
  return isMissing || isMalformed ? error.message.split("\n").join(" ") : undefined;
}
