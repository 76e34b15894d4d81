import { ts } from "ts-morph";

/** The comment that is about a declaration: the last one before it. */
export function findComment(node: ts.Node): ts.JSDoc | undefined {
  const own = ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    // A parameter's list holds the method's comment too.
    .filter((jsDoc) => jsDoc.parent === node);
  return own.at(-1) ?? findInLine(node);
}

/** To TypeScript a comment belongs to a member only where it begins a line, unlike one before a parameter. */
function findInLine(node: ts.Node): ts.JSDoc | undefined {
  const source = node.getSourceFile();
  const start = node.getStart(source);
  const range = ts.getTrailingCommentRanges(source.text, node.pos)?.findLast((found) => isDoc(source, found));
  // Followed by a new line it would be about what stands before it.
  if (range === undefined || /[\r\n]/.test(source.text.slice(range.end, start))) return undefined;
  return parseComment(node, source, range);
}

export function isDoc({ text }: ts.SourceFile, { pos, end }: ts.TextRange): boolean {
  return text.startsWith("/**", pos) && end - pos > "/**/".length;
}

/** Parses a comment that TypeScript has left alone. */
export function parseComment(parent: ts.Node, source: ts.SourceFile, range: ts.TextRange): ts.JSDoc {
  const { text, fileName, languageVersion } = source;
  // At its place in a file that is empty otherwise, so that its nodes know where they stand.
  const line = text.lastIndexOf("\n", range.pos) + 1;
  const before = line === 0 ? "" : `${" ".repeat(line - 1)}\n`;
  const copy = `${before.padEnd(range.pos)}${text.slice(range.pos, range.end)};`;
  const [statement] = ts.createSourceFile(fileName, copy, languageVersion, true).statements;
  const jsDoc = statement && ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc);
  if (jsDoc === undefined) throw new Error(`${fileName}: ${copy.trim()} is no comment`);
  // Its nodes find their file, and the names in it, by their parents.
  return Object.assign(jsDoc, { parent });
}
