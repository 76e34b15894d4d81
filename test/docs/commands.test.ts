import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import configured from "../../antwire.config.js";
import { readCommandLine } from "../../generator/command-line.js";
import { commands } from "../../runtime/command/commands.js";
import { readWords } from "../../runtime/command/read-words.js";
import { listBlocks, readMarkdown, withoutBlocks } from "../readme/markdown.js";
import { root } from "../setup/run.js";

// Commands in the documents are commands that there are, with flags that there are. Those of the README and of
// docs/getting-started.md are run, too (test/readme, test/package), those of docs/deploy.md by test/deployments,
// and the tools of docs/benchmarks.md are not: they take half an hour.

const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((page) =>
  page.endsWith(".md"),
);

/** What a page lets people type: blocks of shell, and code in the text that begins with a program's name. */
const typed = pages.flatMap((page) => {
  const text = readMarkdown(page);
  const inline = [...withoutBlocks(text).matchAll(/`((?:npm|npx|antwire) [^`]+)`/g)].map(
    ([, command = ""]) => command,
  );
  const shell = listBlocks(text)
    .filter(({ language }) => language === "sh")
    .flatMap((block) => block.text.split("\n"));
  return [...shell, ...inline].filter((line) => line !== "").map((line) => ({ page, line }));
});

/** The scripts of this repository, or of a game that `antwire init` makes. */
const scripts: Readonly<Record<string, string>> = JSON.parse(readMarkdown("package.json")).scripts;
const scriptsOfGame = new Set(["start", "dev", "test", "codegen", "check", "build"]);

test.each(typed)("$page: $line", async ({ page, line }) => {
  const [program = "", ...words] = line.replace(/\s+#.*$/, "").split(/\s+/);
  switch (program) {
    case "npm":
      await checkNpm(words, page);
      break;
    case "npx":
    case "antwire":
    case "node_modules/.bin/antwire":
      await checkProgram(program === "npx" ? words : ["antwire", ...words]);
      break;
    default:
      // The tools of MQTT are run by test/readme; the rest is the shell's own.
      expect(program).toMatch(/^(mosquitto_rr|mosquitto_sub|cd|export|git|AMQP_URL=\S+)$/);
  }
});

test("docs/getting-started.md lists the commands that there are", () => {
  const rows = [...readMarkdown("docs/getting-started.md").matchAll(/^\| `([a-z]+)(?: [^`]*)?` \|/gm)];
  expect(rows.map(([, name]) => name)).toEqual(Object.keys(commands));
});

async function checkNpm(words: readonly string[], page: string): Promise<void> {
  const [command = "", ...rest] = words.filter((word) => word !== "--silent");
  if (["ci", "init", "install", "pack"].includes(command)) return;
  const script = command === "run" ? (rest.shift() ?? "") : command;
  const known = page === "docs/getting-started.md" ? scriptsOfGame.has(script) : script in scripts;
  expect(known, `a script ${script}`).toBe(true);
  const told = rest.filter((word) => word !== "--");
  if (script === "start") await checkCommand("start", told);
  if (script === "codegen") expect(() => readCommandLine(withoutGaps(told))).not.toThrow();
  if (script === "antwire") await checkProgram(["antwire", ...told]);
}

async function checkProgram([program = "", ...words]: readonly string[]): Promise<void> {
  if (program === "antwire") {
    const [command = "", ...rest] = words;
    const isGap = command === "" || command === "--help" || command.startsWith("<");
    if (!isGap) await checkCommand(command, rest);
  } else if (program === "vitest") {
    expect(words[0]).toBe("run");
    for (const path of words.slice(1)) expect(existsSync(join(root, path)), path).toBe(true);
  } else {
    expect(program).toBe("tsc");
  }
}

async function checkCommand(name: string, words: readonly string[]): Promise<void> {
  expect(Object.keys(commands)).toContain(name);
  const { usage } = (await commands[name]?.load()) ?? {};
  if (usage !== undefined && words.length > 0) {
    const told = readWords(usage, withoutGaps(words));
    const [process] = told.arguments;
    if (name === "start" && process !== undefined && !process.startsWith("<")) {
      expect(Object.keys(configured.config.processes ?? {})).toContain(process);
    }
  } else if (["codegen", "check"].includes(name)) {
    expect(() => readCommandLine(withoutGaps(words))).not.toThrow();
  }
}

/** `<dir>` is what people put in. */
function withoutGaps(words: readonly string[]): string[] {
  return words.map((word) => word.replace(/^<(\w+)>$/, "$1").replace(/^<|>$/g, ""));
}
