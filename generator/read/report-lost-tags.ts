import { ts } from "ts-morph";
import { findComment, isDoc, parseComment } from "./find-comment.js";
import type { ReadContext } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { compilerTags } from "./tags.js";

const heededTag = new RegExp(`@(?:${Object.keys(compilerTags).join("|")})\\b`);

/** Reports the tags of a file that nothing heeds: a constraint that is ignored is a hole. To be called after reading. */
export function reportLostTags(context: ReadContext, source: ts.SourceFile, file: string): void {
  const heeded = new Set(context.comments.get(source));
  // Walking through a file takes as long as parsing it, and there is hardly ever a reason to.
  if (!maybeLost(source.text, heeded)) return;
  visit(source, (node) => {
    const comment = hasComment(node) ? findComment(node) : undefined;
    if (comment === undefined || heeded.has(comment.pos)) return;
    // A type that nothing uses was not read.
    heeded.add(comment.pos);
    // An alias of anything but an object disappears when it is read.
    if (!ts.isTypeAliasDeclaration(node)) return;
    const name = node.name.text;
    readComment(context, { node, path: name, anonymousName: name, lockStem: name, file }, "type");
  });
  if (!maybeLost(source.text, heeded)) return;
  for (const range of docComments(source)) {
    if (!heeded.has(range.pos)) reportTags(context, source, range);
  }
}

/** Whether something that looks like a comment with a tag is not heeded. It may be part of another comment. */
function maybeLost(text: string, heeded: ReadonlySet<number>): boolean {
  for (const { index, 0: comment } of text.matchAll(/\/\*\*.*?\*\//gs)) {
    if (!heeded.has(index) && heededTag.test(comment)) return true;
  }
  return false;
}

function reportTags(context: ReadContext, source: ts.SourceFile, range: ts.TextRange): void {
  for (const { tagName } of parseComment(source, source, range).tags ?? []) {
    const places = Object.hasOwn(compilerTags, tagName.text) ? compilerTags[tagName.text] : undefined;
    if (places === undefined) continue;
    context.report(
      { node: tagName, path: "" },
      "IDL1403",
      `nothing heeds @${tagName.text} here`,
      `put it into the last comment before a ${places.join(", ").replace(/, (\w+)$/, " or $1")}`,
    );
  }
}

/** Whether a comment before a node is read, if anything reads the node. */
function hasComment(node: ts.Node): boolean {
  return (
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isParameter(node) ||
    ts.isAccessor(node) ||
    ts.isEnumMember(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  );
}

/** The comments of a file that begin with two stars and have a tag that the compiler reads. */
function docComments(source: ts.SourceFile): ts.TextRange[] {
  const { text } = source;
  const found: ts.TextRange[] = [];
  // All that stands between two tokens is at the beginning of the second.
  visitTokens(source, source, (token) => {
    const between = text.slice(token.pos, token.getStart(source));
    if (!between.includes("/**") || !heededTag.test(between)) return;
    const comments = [
      ...(ts.getTrailingCommentRanges(text, token.pos) ?? []),
      ...(ts.getLeadingCommentRanges(text, token.pos) ?? []),
    ];
    found.push(...comments.filter((range) => isDoc(source, range)));
  });
  return found;
}

function visit(node: ts.Node, step: (node: ts.Node) => void): void {
  step(node);
  ts.forEachChild(node, (child) => visit(child, step));
}

function visitTokens(source: ts.SourceFile, node: ts.Node, step: (token: ts.Node) => void): void {
  const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child));
  if (children.length === 0) step(node);
  for (const child of children) visitTokens(source, child, step);
}
