import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";

// A line `<!-- file path -->` in a document is followed by that file's text, or with `until name` by its
// text before the declaration of that name. `UPDATE_DOCS=1 npx vitest run test/docs` writes it anew.
const root = new URL("../../", import.meta.url);
const documents = readdirSync(new URL("docs/", root)).filter((name) => name.endsWith(".md"));
const block = /<!-- file (\S+)(?: until (\S+))? -->\n(?:\n```[jt]s\n[\s\S]*?\n```\n)?/g;

it.each(documents)("what docs/%s shows of the tree's files is what stands there", (name) => {
  const url = new URL(`docs/${name}`, root);
  const text = readFileSync(url, "utf8");
  const fresh = text.replace(block, (_, path: string, until: string | undefined) => {
    const code = readFileSync(new URL(path, root), "utf8");
    const end = until === undefined ? code.length : code.lastIndexOf("\n\n", code.indexOf(until));
    const language = path.endsWith(".js") ? "js" : "ts";
    return `<!-- file ${path}${until ? ` until ${until}` : ""} -->\n\n\`\`\`${language}\n${code.slice(0, end).trim()}\n\`\`\`\n`;
  });
  if (process.env.UPDATE_DOCS === "1" && fresh !== text) writeFileSync(url, fresh);
  expect(readFileSync(url, "utf8")).toBe(fresh);
});
