import { ts } from "ts-morph";
import type { Written } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { codecNameOf, writeType } from "./write-type.js";

/** How an object or union type is called in generated code and in the lock. */
export interface NamedType {
  readonly name: string;
  readonly lockName: string;
  readonly file: string;
  readonly written: Written | undefined;
  /** The declaration of a type that the IDL names; undefined for an anonymous one. */
  readonly declaration: ts.Declaration | undefined;
}

/** Names a type: by its declaration, a generic one with its arguments, and an anonymous one by the path to it. */
export function nameObject(context: ReadContext, site: Site, type: ts.Type): NamedType {
  const written = writeType(context, type);
  const symbol = type.aliasSymbol ?? (isInterface(type) ? type.symbol : undefined);
  const declaration = symbol?.declarations?.[0];
  const file = declaration && context.fileOf(declaration);
  if (!symbol || !declaration || file === undefined || !written) {
    const name = context.takeName(site.anonymousName);
    return { name, lockName: name, file: site.file, written, declaration: undefined };
  }
  const generic = written.length > 1;
  const name = generic ? context.takeName(codecNameOf(written)) : symbol.name;
  return { name, lockName: symbol.name, file, written, declaration };
}

function isInterface(type: ts.Type): boolean {
  return (type.symbol?.flags & ts.SymbolFlags.Interface) !== 0;
}
