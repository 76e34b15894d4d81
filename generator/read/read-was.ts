import { ts } from "ts-morph";
import { findComment } from "./find-comment.js";
import type { ReadContext, Site } from "./read-context.js";
import type { CompilerTag } from "./read-doc.js";

/** Reads `@was oldName`. */
export function readWas(
  context: ReadContext,
  site: Site,
  tags: readonly CompilerTag[],
): { readonly was?: string } {
  const tag = tags.find(({ name }) => name === "was");
  if (!tag) return {};
  if (/^\S+$/.test(tag.text)) return { was: tag.text };
  context.report(
    { ...site, node: tag.node },
    "IDL1404",
    "@was needs one name",
    "write the name that it had, such as `@was oldName`",
  );
  return {};
}

/** What `Pick` and its like take over with a field: its old name, and nothing else that its comment says. */
export function inheritedWas(property: ts.Symbol): { readonly was?: string } {
  const tags = property.declarations?.flatMap((declaration) => findComment(declaration)?.tags ?? []);
  const tag = tags?.find(({ tagName }) => tagName.text === "was");
  const was = ts.getTextOfJSDocComment(tag?.comment)?.trim() ?? "";
  return /^\S+$/.test(was) ? { was } : {};
}
