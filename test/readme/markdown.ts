import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../setup/run.js";

/** A fenced block of a Markdown file. */
export interface Block {
  /** What stands behind the opening fence, such as `sh`. */
  readonly language: string;
  readonly text: string;
  /** The nearest heading above it. */
  readonly heading: string;
  /** What a comment in the line above it says; "" where there is none. */
  readonly mark: string;
}

export function readMarkdown(file: string): string {
  return readFileSync(resolve(root, file), "utf8");
}

/** The fenced blocks, in order. */
export function listBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let above = "";
  let open: { language: string; lines: string[] } | undefined;
  for (const line of markdown.split("\n")) {
    if (open === undefined) {
      if (line.startsWith("```")) open = { language: line.slice(3), lines: [] };
      else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
      if (line !== "" && open === undefined) above = line;
    } else if (line === "```") {
      const [, mark = ""] = /^<!-- (.*) -->$/.exec(above) ?? [];
      blocks.push({ language: open.language, text: open.lines.join("\n"), heading, mark });
      above = "";
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  return blocks;
}

/** The text between the fenced blocks. */
export function withoutBlocks(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, "");
}

/** The files that links and pictures point to, from the root, without anchors. */
export function listLinkedFiles(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)]
    .map(([, target]) => target ?? "")
    .filter((target) => !target.includes("://"));
}

/** Whether a text is what the document shows, where `…` stands for anything. */
export function matchesSample(sample: string, text: string): boolean {
  const escaped = sample
    .trim()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join("[^]*")}$`).test(text.trim());
}
