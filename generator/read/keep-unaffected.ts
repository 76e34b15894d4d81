import type { TypeDeclaration } from "../model/declaration.js";
import type { Module } from "../model/model.js";
import { namesReached } from "../model/names-in.js";
import type { Reading } from "./read-model.js";

/** What an earlier reading says of files that mean the same as then. */
export interface Kept {
  readonly modules: readonly Module[];
  /** All types that the modules and the sessions' data reach, by name. */
  readonly types: ReadonlyMap<string, TypeDeclaration>;
}

/**
 * Takes from a reading the modules outside of some files, and their types. A file's imports, with theirs, are
 * all that its modules can reach, so nothing in these has changed.
 *
 * @param affected names of the files that have to be read anew
 */
export function keepUnaffected(last: Reading, affected: ReadonlySet<string>): Kept {
  const modules = last.modules.filter(({ file }) => !affected.has(file));
  const carried = last.types.filter(({ sessionData, file }) => sessionData && !affected.has(file));
  const reached = namesReached(
    modules,
    last.types,
    carried.map(({ name }) => name),
  );
  const types = new Map(last.types.filter(({ name }) => reached.has(name)).map((type) => [type.name, type]));
  return { modules, types };
}
