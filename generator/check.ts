import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readCommandLine, UsageError } from "./command-line.js";
import { generate } from "./generate.js";
import { readText } from "./write/read-text.js";

const help = `Checks interface files, what is generated of them, and the types of the project. Writes nothing.

  antwire check [flags]   the flags of antwire codegen

First what \`antwire codegen --check\` checks, then what the project's own TypeScript says about its tsconfig.json.

  antwire check
  antwire check --strict --format github`;

/** Checks a project. Returns the exit code. */
export async function check(words: readonly string[]): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    console.log(help);
    return 0;
  }
  const command = readCommandLine(["", "", ...words.filter((word) => word !== "--check"), "--check"]);
  if (command?.name !== "generate") throw new UsageError("check takes the flags of codegen");
  const folder = process.cwd();
  const generated = await generate({ ...command.options, shownFrom: folder });
  // What TypeScript says of code that is out of date would only lead astray.
  if (generated !== 0) return generated;
  const types = await checkTypes(folder);
  if (types === 0 && command.options.format === "text") console.log("All is well.");
  return types;
}

async function checkTypes(folder: string): Promise<number> {
  if ((await readText(join(folder, "tsconfig.json"))) === undefined) {
    console.error("There is no tsconfig.json here: types were not checked.");
    return 0;
  }
  const compiler = findCompiler(folder);
  if (compiler === undefined) {
    console.error(
      "TypeScript is not installed here: types were not checked. Try: npm install --save-dev typescript",
    );
    return 0;
  }
  const child = spawn(process.execPath, [compiler, "--noEmit"], { cwd: folder, stdio: "inherit" });
  const [code]: readonly unknown[] = await once(child, "exit");
  return code === 0 ? 0 : 1;
}

/** The project's own TypeScript. */
function findCompiler(folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve("typescript/bin/tsc");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
