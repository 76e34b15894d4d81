import { nearest } from "../model/nearest.js";

/** Tags that the compiler reads, and where each may stand. */
export const compilerTags: Readonly<Record<string, readonly TagPlace[]>> = {
  minLength: ["field", "parameter"],
  maxLength: ["field", "parameter"],
  pattern: ["field", "parameter"],
  minimum: ["field", "parameter"],
  maximum: ["field", "parameter"],
  minItems: ["field", "parameter"],
  maxItems: ["field", "parameter"],
  throws: ["method"],
  timeout: ["method"],
  idempotent: ["method"],
  latest: ["push"],
  replay: ["push"],
  was: ["field", "parameter", "method", "push", "module", "type"],
};

export type TagPlace = "field" | "parameter" | "method" | "push" | "module" | "type";

/** Tags of TSDoc: they pass into the comments of generated code. */
export const documentationTags: ReadonlySet<string> = new Set([
  "alpha",
  "beta",
  "defaultValue",
  "deprecated",
  "example",
  "experimental",
  "internal",
  "link",
  "param",
  "privateRemarks",
  "public",
  "readonly",
  "remarks",
  "returns",
  "see",
  "since",
  "typeParam",
]);

/** The known tag that somebody probably meant; undefined if none is near. */
export function nearestTag(name: string): string | undefined {
  const near = nearest(name, [...Object.keys(compilerTags), ...documentationTags]);
  return near && near.distance <= Math.max(1, Math.floor(name.length / 3)) ? near.word : undefined;
}
