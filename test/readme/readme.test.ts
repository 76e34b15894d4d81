import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GameServer, startGame } from "../setup/game-server.js";
import { root, run, start } from "../setup/run.js";
import { toolPath } from "../setup/tools.js";
import { listBlocks, listLinkedFiles, matchesSample, readMarkdown } from "./markdown.js";

const readme = readMarkdown("README.md");
const blocks = listBlocks(readme);

function blocksUnder(heading: string) {
  return blocks.filter((block) => block.heading === heading);
}

test.each(["README.md", "docs/benchmarks.md"])("the links of %s lead to files", (file) => {
  const missing = listLinkedFiles(readMarkdown(file)).filter(
    (target) => !existsSync(resolve(root, dirname(file), target)),
  );
  expect(missing).toEqual([]);
});

const npmItself = new Set(["ci", "pack", "init", "install"]);

test("the commands it names are scripts of the package", () => {
  const { scripts } = JSON.parse(readMarkdown("package.json"));
  const named = [...readme.matchAll(/`?npm (?:run )?(\w[\w:]*)/g)].map(([, name]) => name);
  expect(named).not.toHaveLength(0);
  expect(named.filter((name) => !npmItself.has(`${name}`) && !(`${name}` in scripts))).toEqual([]);
});

describe("talking to it with any MQTT client", () => {
  const section = blocksUnder("Talk to it with any MQTT client");
  let game: GameServer;

  beforeAll(async () => {
    game = await startGame();
  });

  afterAll(() => game.stop());

  /** The words of a command, with the port of the running game. */
  function words(command: string): [program: string, ...args: string[]] {
    const [program = "", ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? "",
    );
    expect(program).toMatch(/^mosquitto_(rr|sub)$/);
    return [toolPath(program as "mosquitto_rr"), "-p", String(game.mqttPort), ...args];
  }

  const calls = section.flatMap((block, i) =>
    block.text.startsWith("mosquitto_rr") ? [[block.text, section[i + 1]?.text ?? ""] as const] : [],
  );

  test.each(calls)("%s", async (command, sample) => {
    const [program, ...args] = words(command);
    const { stdout, stderr } = await run(program, args);
    expect(stderr).toBe("");
    if (!matchesSample(sample, stdout)) expect(stdout).toBe(sample);
  });

  test.each(section.filter((block) => block.text.startsWith("mosquitto_sub")))("$text", async ({ text }) => {
    const [program, ...args] = words(text);
    const listener = start(program, args);
    await listener.until((heard) => heard.includes('"moved":'));
    listener.process.kill();
    await listener.ended;
  });
});

test("the first edit goes as it says", async () => {
  const [method = "", , complaint = "", handler = ""] = blocksUnder("The first edit").map(({ text }) => text);
  const project = copyProject();
  try {
    edit(join(project, "idl/chat.d.ts"), (text) => text.replace(/\}\s*$/, `${method}\n}\n`));
    execFileSync("npm", ["run", "--silent", "codegen"], { cwd: project });
    // The README leaves line and column out.
    const sample = complaint.replace(": error", "…: error");
    const said = compile(project);
    if (!matchesSample(sample, said)) expect(said).toBe(sample);

    edit(join(project, "demo/modules/chat.ts"), (text) =>
      text.replace("return {\n    async join", `return {\n${handler}\n    async join`),
    );
    expect(compile(project)).toBe("");
  } finally {
    rmSync(project, { recursive: true });
  }
}, 300_000);

/** A copy of what is in the repository, with the same packages. */
function copyProject(): string {
  const project = mkdtempSync(join(tmpdir(), "antwire-readme-"));
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed.split("\n")) {
    if (file !== "" && existsSync(join(root, file))) cpSync(join(root, file), join(project, file));
  }
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  return project;
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

/** What the compiler says; nothing when all is well. */
function compile(project: string): string {
  try {
    // Incremental, as the second time only what changed is checked again.
    const options = ["--pretty", "false", "--incremental", "--tsBuildInfoFile", join(project, "tsc.json")];
    return execFileSync("npx", ["tsc", ...options], {
      cwd: project,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    // The compiler's exit code is 2 when it has something to say, and says it on its standard output.
    return (error as { stdout: string }).stdout;
  }
}
