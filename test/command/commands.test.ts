import { expect, test, vi } from "vitest";
import { commands } from "../../runtime/command/commands.js";
import { completions } from "../../runtime/command/completions.js";
import { run } from "../setup/run.js";
import { antwire } from "./cli.js";

test("help lists all commands", async () => {
  const { code, stdout } = await antwire("--help");
  for (const name of Object.keys(commands)) expect(stdout).toMatch(new RegExp(`^ {2}${name} +[A-Z]`, "m"));
  expect(code).toBe(0);
});

const ofGenerator = ["init", "codegen", "check", "explain"];

test.each(Object.keys(commands).filter((name) => !ofGenerator.includes(name)))(
  "%s --help says how it is used, with an example",
  async (name) => {
    const printed: unknown[] = [];
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(text) > 0);
    const command = await commands[name]?.load();
    const code = await command?.run(["--help"]).finally(() => write.mockRestore());
    expect(printed.join("")).toMatch(
      new RegExp(`^antwire ${name}\\b.*\nExamples:\n {2}.*antwire ${name}`, "s"),
    );
    expect(printed.join("")).not.toContain("\u001b");
    expect(code).toBe(0);
  },
);

test.each(ofGenerator)("%s --help is the generator's", async (name) => {
  const { code, stdout, stderr } = await antwire(name, "--help");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/antwire (init|check)|npm run codegen/);
  expect(code).toBe(0);
});

test.each([
  [[], "antwire: A command is missing. Try antwire --help\n"],
  [["strat"], "antwire: There is no command strat. Did you mean start? Try antwire --help\n"],
  [["toString"], "antwire: There is no command toString. Try antwire --help\n"],
])("%j is one line with a hint and exit code 2", async (words, line) => {
  expect(await antwire(...words)).toEqual({ code: 2, stdout: "", stderr: line });
});

test.each(["call", "listen"])(
  "%s says that a folder that was named has nothing generated in it",
  async (name) => {
    const line = `antwire: There is no nowhere/manifest.json: --generated takes the folder that codegen writes. Try antwire ${name} --help\n`;
    expect(await antwire(name, "Chat.said", "--generated", "nowhere")).toEqual({
      code: 2,
      stdout: "",
      stderr: line,
    });
  },
);

test("explain has a help of its own", async () => {
  expect((await antwire("explain", "--help")).stdout).toMatch(/^Says more about diagnostics/);
});

test("a command of the generator ends with the generator's exit code", async () => {
  const { code, stderr } = await antwire("codegen", "--chekc");
  expect(stderr).toContain("did you mean --check?");
  expect(code).toBe(2);
});

test("completion knows commands, flags, methods and pushes", async () => {
  expect(await completions(["st"])).toEqual(["start"]);
  expect(await completions(["start", "--h"])).toEqual(["--http", "--host", "--help"]);
  expect(await completions(["call", "Log"])).toEqual(["Login.enter"]);
  expect(await completions(["call", "Login.enter", ""])).toEqual([]);
  expect(await completions(["listen", "Chat."])).toEqual(["Chat.said"]);
});

test("bash takes the script", async () => {
  const { stdout } = await antwire("completion", "bash");
  const script = `antwire() { echo start; echo stop; }\n${stdout}\nCOMP_WORDS=(antwire st) COMP_CWORD=1\n_antwire\necho "\${COMPREPLY[*]}"`;
  expect((await run("bash", ["-c", script])).stdout).toBe("start stop\n");
});
