import { ts } from "ts-morph";
import type { Type } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { literalValue } from "./read-type.js";
import { refuseType } from "./refuse-type.js";
import { writeType } from "./write-type.js";

export function isTemplate(type: ts.Type): type is ts.TemplateLiteralType {
  return (type.flags & ts.TypeFlags.TemplateLiteral) !== 0;
}

/**
 * Reads template literal types, such as `` `user-${number}` ``, as a string with a pattern. There are
 * several where one has a union in a hole.
 *
 * @param whole the template, or the union of them
 */
export function readTemplates(
  context: ReadContext,
  site: Site,
  templates: readonly ts.TemplateLiteralType[],
  whole: ts.Type,
): Type {
  const patterns = templates.map((template) => templatePattern(context, template));
  if (!patterns.every((pattern) => pattern !== undefined)) return refuseType(context, site, whole);
  const pattern = patterns.length === 1 ? patterns[0] : `(?:${patterns.join("|")})`;
  const written = writeType(context, whole) ?? [context.checker.typeToString(whole)];
  return { kind: "string", pattern: `^${pattern}$`, written, asserted: true };
}

function templatePattern(context: ReadContext, type: ts.TemplateLiteralType): string | undefined {
  const holes = type.types.map((hole) => patternOf(context, hole));
  if (!holes.every((hole) => hole !== undefined)) return undefined;
  return type.texts.map((text, index) => escapePattern(text) + (holes[index] ?? "")).join("");
}

function patternOf(context: ReadContext, type: ts.Type): string | undefined {
  const literal = literalValue(context, type);
  if (literal !== undefined) return escapePattern(String(literal));
  if (type.isUnion()) {
    const parts = type.types.map((part) => patternOf(context, part));
    return parts.every((part) => part !== undefined) ? `(?:${parts.join("|")})` : undefined;
  }
  if (type.flags & ts.TypeFlags.String) return "[^]*";
  // What TypeScript takes for a number in a template: the text of a finite one.
  if (type.flags & ts.TypeFlags.Number) return "-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?";
  if (type.flags & ts.TypeFlags.BigInt) return "-?\\d+";
  return undefined;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (character) =>
    // Under the flag `u` only characters of the syntax may be escaped.
    character === "-" ? "-" : `\\${character}`,
  );
}
