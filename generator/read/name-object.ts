import { ts } from "ts-morph";
import { type Doc, noDoc } from "../model/doc.js";
import type { Written } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { readWas } from "./read-was.js";
import { codecNameOf, writeType } from "./write-type.js";

/** How an object or union type is called in generated code and in the lock. */
export interface NamedType {
  readonly name: string;
  readonly was?: string;
  readonly lockName: string;
  readonly file: string;
  readonly written: Written | undefined;
  /** The declaration of a type that the IDL names; undefined for an anonymous one. */
  readonly declaration: ts.Declaration | undefined;
  readonly doc: Doc;
}

/**
 * Names a type: by its declaration, a generic one with its arguments, and an anonymous one by the path to it.
 *
 * @param known the type itself, or the alias of it and null
 */
export function nameObject(context: ReadContext, site: Site, type: ts.Type, known: ts.Type): NamedType {
  const written = writeType(context, known);
  const symbol = known.aliasSymbol ?? (isInterface(type) ? type.symbol : undefined);
  const declaration = symbol?.declarations?.[0];
  const file = declaration && context.fileOf(declaration);
  if (!symbol || !declaration || file === undefined || !written) {
    const name = context.takeName(site.anonymousName);
    const own = known === type ? written : writeType(context, type);
    return {
      name,
      lockName: site.lockStem,
      file: site.file,
      written: own,
      declaration: undefined,
      doc: noDoc,
    };
  }
  const generic = written.length > 1;
  const name = generic ? context.takeName(codecNameOf(written)) : symbol.name;
  const own: Site = { ...site, node: declaration, path: symbol.name };
  const { doc, tags } = readComment(context, own, "type");
  const was = readWas(context, own, tags);
  return {
    name,
    ...was,
    lockName: was.was ?? symbol.name,
    file,
    written: known === type ? written : ["NonNullable<", ...written, ">"],
    declaration,
    doc,
  };
}

function isInterface(type: ts.Type): boolean {
  return (type.symbol?.flags & ts.SymbolFlags.Interface) !== 0;
}
