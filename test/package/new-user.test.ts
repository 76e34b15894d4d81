import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../browser/browser.js";
import { root, run, start } from "../setup/run.js";
import { createFolder, freshEnvironment, install, runIn } from "./npm.js";

// What somebody does who has never seen this repository, in this order: each test goes on where the one before ended.

const guide = readFileSync(join(root, "docs/getting-started.md"), "utf8");

const tarball = inject("tarball");
let folder: string;
let game: string;
const toEnd: ChildProcess[] = [];

beforeAll(() => {
  folder = createFolder();
  game = join(folder, "game");
  copyFileSync(tarball, join(folder, basename(tarball)));
});

afterEach(async () => {
  for (const child of toEnd.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue;
    const ended = once(child, "exit");
    // All of its group: npm does not pass signals on.
    process.kill(-child.pid, "SIGTERM");
    await ended;
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a program in the game and waits until it says where it listens. */
async function started(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ child: ChildProcess; page: string; mqtt: string }> {
  const child = spawn(program, args, {
    cwd: game,
    env: { ...process.env, ...freshEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  toEnd.push(child);
  let said = "";
  return new Promise((resolve, reject) => {
    const look = (text: Buffer) => {
      said += text;
      const page = /ready at (http:\S+)/.exec(said)?.[1];
      const mqtt = /listens at (mqtt:\S+)/.exec(said)?.[1];
      if (page !== undefined && mqtt !== undefined) resolve({ child, page, mqtt });
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}\n${said}`)));
  });
}

/** What npx runs: a process that a signal reaches. */
const command = "node_modules/antwire/dist/runtime/command.js";
const freePorts = ["--http", "0", "--mqtt", "0"];

test("the guide says what is done here", () => {
  const [commands] = blocks(guide, "sh");
  expect(commands?.split("\n")).toEqual([
    "npm init -y",
    "npm install antwire",
    "npx antwire init game",
    "cd game",
    "npm install",
    "npm test",
    "npm start",
    "",
  ]);
});

test("installs the package and makes a game with it", async () => {
  await runIn(folder, "npm", "init", "-y");
  await runIn(folder, "npm", ...install, basename(tarball));
  const { stdout } = await runIn(folder, "npx", "antwire", "init", "game");
  expect(stdout).toContain("Next: cd game && npm install && npm test && npm start");
  const { dependencies } = JSON.parse(readFileSync(join(game, "package.json"), "utf8"));
  // By what it was installed from, as the new folder sees it.
  expect(dependencies).toEqual({ antwire: `file:../${basename(tarball)}` });
});

test("a folder that is not empty is left alone, with exit code 2", async () => {
  const before = readdirSync(game);
  const { code, stderr } = await run("npx", ["antwire", "init", "game"], {
    cwd: folder,
    env: freshEnvironment(),
  });
  expect(stderr).toContain("init: game is not empty: ");
  expect(code).toBe(2);
  expect(readdirSync(game)).toEqual(before);
});

test("installs what the game needs, and its tests pass", async () => {
  await runIn(game, "npm", ...install);
  const { stdout } = await runIn(game, "npm", "test");
  expect(stdout).toMatch(/^# fail 0$/m);
  expect(stdout).not.toMatch(/^# pass 0$/m);
});

test("npm start shows the game: what one player plants, the other sees", async () => {
  const { page } = await started("npm", ["start", "--", ...freePorts]);
  const browser = await launchBrowser();
  try {
    const errors: string[] = [];
    const open = async () => {
      const tab = await (await browser.newContext()).newPage();
      tab.on("pageerror", (error) => errors.push(error.message));
      await tab.goto(page);
      await tab.getByText("Click on a bed").waitFor();
      return tab;
    };
    const [ann, bert] = [await open(), await open()];
    await ann.getByLabel("Bed 12").click();
    await bert.locator("#garden button.blooms").waitFor();
    expect(await bert.locator("#garden button.blooms").getAttribute("aria-label")).toBe("Bed 12");
    await expect.poll(() => bert.locator("#players span").count()).toBe(2);
    await expect.poll(() => ann.locator("#players span").count()).toBe(2);
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});

test("the command calls the running game", async () => {
  const { mqtt } = await started(process.execPath, [command, "start", ...freePorts]);
  const { stdout } = await runIn(
    game,
    process.execPath,
    command,
    "call",
    "Players.enter",
    "Ann",
    "--url",
    mqtt,
  );
  expect(JSON.parse(stdout)).toEqual({ name: "Ann", hue: expect.any(Number) });
});

test("threads start from TypeScript too", async () => {
  const { mqtt } = await started(process.execPath, [command, "start", "--threads", "2", ...freePorts]);
  const { stdout } = await runIn(game, process.execPath, command, "call", "Garden.look", "--url", mqtt);
  expect(JSON.parse(stdout)).toEqual([]);
});

test("bots play on threads", async () => {
  const { mqtt } = await started(process.execPath, [command, "start", ...freePorts]);
  const words = ["--bots", "6", "--threads", "2", "--duration", "3", "--json"];
  const { stdout } = await runIn(game, process.execPath, command, "bots", "load.ts", "--url", mqtt, ...words);
  expect(JSON.parse(stdout)).toMatchObject({ bots: 6, threads: 2, connected: 6, errors: [] });
});

test("a method more: codegen generates, and the compiler names what is missing", async () => {
  const [method = "", handler = ""] = blocks(guide, "ts");
  expect(blocks(readFileSync(join(game, "README.md"), "utf8"), "ts")).toEqual([method, handler]);
  edit("idl/garden.d.ts", "export interface Garden {\n", `export interface Garden {\n${method}`);
  await runIn(game, "npm", "run", "codegen");
  const { code, stdout } = await run("node_modules/.bin/tsc", ["--pretty", "false"], {
    cwd: game,
    env: freshEnvironment(),
  });
  expect(code).not.toBe(0);
  expect(stdout).toMatch(/^modules\/garden\.ts.*error TS\d+: .*Property 'count' is missing in type/ms);

  edit("modules/garden.ts", "  return {\n", `  return {\n${handler}`);
  expect((await runIn(game, "npm", "run", "check")).stdout).toContain("All is well.");
});

test("start --watch generates, checks types, builds the page and starts again after edits", async () => {
  const options = { cwd: game, env: freshEnvironment() };
  const watching = start(process.execPath, [command, "start", "--watch", ...freePorts], options);
  const says = (pattern: RegExp) => watching.until((output) => pattern.test(output));
  const first = await says(/Found 0 errors.*?ready at \S+\n|ready at \S+\n.*?Found 0 errors/s);
  const page = /ready at (\S+)/.exec(first)?.[1];
  const script = async () => (await fetch(`${page}main.js`)).text();

  edit("page/main.ts", "Trying again", "Trying once more");
  await expect.poll(script, { timeout: 30_000 }).toContain("Trying once more");

  edit(
    "idl/garden.d.ts",
    "export interface Garden {\n",
    "export interface Garden {\n  clear(session: Session): void;\n",
  );
  await says(/Property 'clear' is missing/);
  // What a page would see that is loaded again, while the server is not there.
  await expect.poll(() => readFileSync(join(game, "public/main.js"), "utf8")).toContain("Garden/clear");
  await says(/returned no method "clear".*?It starts again after an edit/s);

  edit("modules/garden.ts", "  return {\n", "  return {\n    clear() {\n      flowers.clear();\n    },\n");
  const output = await says(/starts again after an edit.*?garden\.ts has changed.*?listens at mqtt:\S+/s);
  const mqtt = /.*listens at (mqtt:\S+)/s.exec(output)?.[1] ?? "";
  await runIn(game, process.execPath, command, "call", "Garden.clear", "--url", mqtt);

  watching.process.kill("SIGTERM");
  expect(await watching.ended).toBe(0);
});

test("with production dependencies only, start loads nothing of the generator", async () => {
  rmSync(join(game, "node_modules"), { recursive: true });
  await runIn(game, "npm", ...install, "--omit=dev");
  const coverage = join(folder, "coverage");
  mkdirSync(coverage);
  const { child, mqtt } = await started(process.execPath, [command, "start", ...freePorts], {
    NODE_V8_COVERAGE: coverage,
  });
  await runIn(game, process.execPath, command, "call", "Garden.count", "--url", mqtt);
  child.kill("SIGTERM");
  await once(child, "exit");

  const loaded = loadedFiles(coverage);
  expect(loaded).toContain("modules/garden.ts");
  expect(loaded).toContain("node_modules/aedes/aedes.js");
  const tools = /antwire\/dist\/generator|ts-morph|typescript|handlebars|refa|chokidar|amqplib|prom-client/;
  expect(loaded.filter((file) => tools.test(file))).toEqual([]);
});

/** The blocks of code of a language in a document. */
function blocks(markdown: string, language: string): string[] {
  return markdown.split("```").flatMap((part, i) => {
    const isCode = i % 2 === 1 && part.startsWith(`${language}\n`);
    return isCode ? [part.slice(language.length + 1)] : [];
  });
}

/** What V8 has run of files, as seen from the game. */
function loadedFiles(coverage: string): string[] {
  const reports = readdirSync(coverage).map((file) => JSON.parse(readFileSync(join(coverage, file), "utf8")));
  const urls: string[] = reports.flatMap(({ result }) => result.map(({ url }: { url: string }) => url));
  return urls
    .filter((url) => url.startsWith("file:"))
    .map((url) => relative(game, decodeURIComponent(new URL(url).pathname)));
}

function edit(file: string, from: string, to: string): void {
  const path = join(game, file);
  const before = readFileSync(path, "utf8");
  expect(before).toContain(from);
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
}
