import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readMarkdown, withoutBlocks } from "../readme/markdown.js";
import { root } from "../setup/run.js";

const pages = [
  "README.md",
  ...["docs", "docs/api"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];

test.each(pages)("the links of %s lead somewhere", (page) => {
  const lost = linksOf(page).filter(({ file, anchor }) => {
    if (!existsSync(join(root, file))) return true;
    return anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).has(anchor);
  });
  expect(lost).toEqual([]);
});

test("docs/README.md leads to every page, and the README leads to it", () => {
  const linked = new Set(linksOf("docs/README.md").map(({ file }) => file));
  const others = pages.filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
  expect(others.filter((page) => !linked.has(page))).toEqual([]);
  expect(linksOf("README.md").map(({ file }) => file)).toContain("docs/README.md");
});

function linksOf(page: string): { file: string; anchor: string | undefined }[] {
  const text = withoutBlocks(readMarkdown(page));
  return [...text.matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g)]
    .filter(([, target = ""]) => !target.includes("://"))
    .map(([, target = "", anchor]) => ({
      file: target === "" ? page : join(dirname(page), target),
      anchor,
    }));
}

/** The anchors that GitHub gives headings. */
function anchorsOf(page: string): Set<string> {
  const text = withoutBlocks(readMarkdown(page));
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
