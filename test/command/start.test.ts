import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const toEnd: (() => void)[] = [];

afterEach(() => {
  for (const end of toEnd.splice(0)) end();
});

/** A run of the command, and what it has written so far. */
class Run {
  stdout = "";
  stderr = "";
  readonly #child;
  readonly #look: (() => void)[] = [];
  readonly exit: Promise<number | null>;

  constructor(words: readonly string[]) {
    const args = ["--import", "tsx", "runtime/command/main.ts", ...words];
    this.#child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
      for (const look of this.#look) look();
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
      for (const look of this.#look) look();
    });
    this.exit = new Promise((resolve) => this.#child.once("close", resolve));
    toEnd.push(() => this.#child.kill("SIGKILL"));
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Resolves once it has written what is waited for. */
  wrote(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (pattern.test(this.stdout + this.stderr)) resolve();
      };
      this.#look.push(look);
      look();
      void this.exit.then((code) => reject(new Error(`exit code ${code}: ${this.stderr}`)));
    });
  }
}

function start(config: string, ...words: string[]): Run {
  return new Run([
    "start",
    "--config",
    `test/process/garden/${config}`,
    "--http",
    "0",
    "--mqtt",
    "0",
    ...words,
  ]);
}

test("start prints one address, logs where MQTT listens, and ends with code 0 on a signal", async () => {
  const run = start("antwire.config.ts");
  await run.wrote(/ready/);
  const [, address] = /^Antwire is ready at (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(run.stdout) ?? [];
  expect(address).toBeDefined();
  expect((await fetch(String(address))).status).toBeLessThan(500);
  expect(run.stderr).toMatch(/info {2}MQTT listens at mqtt:\/\/127\.0\.0\.1:\d+\n/);
  run.signal("SIGTERM");
  expect(await run.exit).toBe(0);
  expect(run.stderr).toMatch(/\[Garden\] The garden is closed\n/);
  expect(run.stdout.split("\n")).toHaveLength(2);
});

test("--log json writes a log for programs", async () => {
  const run = start("antwire.config.ts", "--log", "json");
  await run.wrote(/ready/);
  run.signal("SIGINT");
  expect(await run.exit).toBe(0);
  const entries = run.stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries).toContainEqual(expect.objectContaining({ module: "Garden", msg: "The garden is closed" }));
});

test("a second signal ends it at once", async () => {
  const run = start("slow-stop.config.ts");
  await run.wrote(/ready/);
  run.signal("SIGINT");
  await run.wrote(/Stopping/);
  run.signal("SIGTERM");
  expect(await run.exit).toBe(143);
});

test("a rejection that nobody looks at is logged and ends nothing; a stop that fails ends with code 1", async () => {
  const run = start("forgetful.config.ts");
  await run.wrote(/ready/);
  await run.wrote(/A promise was rejected and nobody looked\n {4}Error: forgotten/);
  run.signal("SIGTERM");
  expect(await run.exit).toBe(1);
  expect(run.stderr).toContain("The module Sky did not stop cleanly");
  expect(run.stderr).toContain("still raining");
});

test("a taken port is one line and exit code 1", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  toEnd.push(() => server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const run = new Run([
    "start",
    "--config",
    "test/process/garden/antwire.config.ts",
    "--http",
    String(port),
    "--mqtt",
    "0",
  ]);
  expect(await run.exit).toBe(1);
  expect(run.stderr).toMatch(/^\d.* The garden is closed\nantwire: Port \d+ is taken: .*\n$/);
});

test("a config that is not there is one line and exit code 2", async () => {
  const run = new Run(["start", "--config", "nowhere.ts"]);
  expect(await run.exit).toBe(2);
  expect(run.stderr).toMatch(/^antwire: There is no config nowhere\.ts: .*\n$/);
});

test("--watch with a package.json that is no JSON is one line and exit code 2", async () => {
  const folder = await mkdtemp(join(tmpdir(), "antwire-watch-"));
  toEnd.push(() => rmSync(folder, { recursive: true }));
  await writeFile(join(folder, "antwire.config.ts"), "");
  await writeFile(join(folder, "package.json"), "{");
  const run = new Run(["start", "--watch", "--config", join(folder, "antwire.config.ts")]);
  expect(await run.exit).toBe(2);
  expect(run.stderr).toMatch(/^antwire: .*package\.json is no JSON: .*\n$/);
});

test("a command line that makes no sense is one line with a hint and exit code 2", async () => {
  const run = new Run(["start", "--port", "1"]);
  expect(await run.exit).toBe(2);
  expect(run.stderr).toBe("antwire: There is no flag --port. Try antwire start --help\n");
  expect(run.stdout).toBe("");
});

test("a fault of the config comes with its stack", async () => {
  const run = start("broken.config.ts");
  expect(await run.exit).toBe(1);
  expect(run.stderr).toMatch(/^antwire: Error: this config is broken\n {4}at .*broken\.config\.ts/);
});

test("a module's file that is not there is one line", async () => {
  const run = start("no-file.config.ts");
  expect(await run.exit).toBe(1);
  expect(run.stderr).toMatch(
    /^antwire: Cannot find module .*nowhere\.js.* imported from .*no-file\.config\.ts\n$/,
  );
});

test("a module without one of its methods is one line", async () => {
  const run = start("no-method.config.ts");
  expect(await run.exit).toBe(1);
  expect(run.stderr).toMatch(/^(\d.*\n)*antwire: The set-up of the module Garden returned no method .*\n$/);
});
