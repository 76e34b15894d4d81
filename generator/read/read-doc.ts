import { ts } from "ts-morph";
import { type Doc, type DocTag, noDoc } from "../model/doc.js";
import { findComment } from "./find-comment.js";
import type { ReadContext, Site } from "./read-context.js";
import { compilerTags, documentationTags, nearestTag, type TagPlace } from "./tags.js";

/** A comment, with the tags that the compiler itself reads taken out of it. */
export interface Comment {
  readonly doc: Doc;
  readonly tags: readonly CompilerTag[];
}

export const noComment: Comment = { doc: noDoc, tags: [] };

export interface CompilerTag {
  readonly name: string;
  readonly text: string;
  readonly node: ts.JSDocTag;
}

/** Reads the comment before a declaration. Unknown and misplaced tags are reported. */
export function readComment(context: ReadContext, site: Site, place: TagPlace): Comment {
  const comment = findComment(site.node);
  if (!comment) return noComment;
  remember(context, comment);
  const passedOn: DocTag[] = [];
  const tags: CompilerTag[] = [];
  for (const node of comment.tags ?? []) {
    const name = node.tagName.text;
    const text = textOf(node);
    const places = Object.hasOwn(compilerTags, name) ? compilerTags[name] : undefined;
    if (places?.includes(place)) {
      tags.push({ name, text, node });
      if (name === "throws") passedOn.push({ name, text });
    } else if (places) {
      const wanted = `${places.join(" or a ")}`;
      context.report(
        { node: node.tagName, path: site.path },
        "IDL1403",
        `@${name} does not belong on a ${place}`,
        `put it on a ${wanted}, or use the type form from antwire/idl`,
      );
    } else if (documentationTags.has(name)) {
      passedOn.push({ name, text });
    } else {
      const near = nearestTag(name);
      context.report(
        { node: node.tagName, path: site.path },
        "IDL1401",
        `unknown tag @${name}`,
        near ? `did you mean @${near}?` : "remove it, or write it without the @",
      );
    }
  }
  return { doc: { text: commentText(comment.comment), tags: passedOn }, tags };
}

function remember({ comments }: ReadContext, { pos, parent }: ts.JSDoc): void {
  const source = parent.getSourceFile();
  const begins = comments.get(source);
  if (begins === undefined) comments.set(source, new Set([pos]));
  else begins.add(pos);
}

/** A tag's text, from its source: TypeScript parses `{Type}` and names out of the text for some tags. */
function textOf(tag: ts.JSDocTag): string {
  const source = tag.getSourceFile().text.slice(tag.tagName.end, tag.end);
  return source
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\*?\s?/, "").trimEnd())
    .join("\n")
    .trim()
    .replace(/\s*\**\/?$/, "");
}

function commentText(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  return (ts.getTextOfJSDocComment(comment) ?? "").trim();
}
