import { inspect } from "node:util";
import { type Command, readCommandLine, UsageError } from "./command-line.js";
import { isPacked } from "./packed.js";

// `antwire init` and `antwire check` come here with their names; generating, which is what `npm run codegen` does, has none.
const [name, ...words] = process.argv.slice(2);
const isNamed = name === "init" || name === "check" || name === "explain";

try {
  process.exitCode = await runNamed();
} catch (error) {
  console.error(`${isNamed ? name : "codegen"}: ${describe(error)}`);
  const help = isPacked ? `antwire ${isNamed ? name : "codegen"} --help` : "npm run codegen -- --help";
  if (error instanceof UsageError) console.error(`Try: ${help}`);
  process.exitCode = 2;
}

// Each is loaded late: most of them take TypeScript's compiler.

async function runNamed(): Promise<number> {
  if (name === "init") {
    const { init } = await import("./init.js");
    return init(words);
  }
  if (name === "check") {
    const { check } = await import("./check.js");
    return check(words);
  }
  const command = readCommandLine(process.argv);
  return command ? run(command) : 0;
}

async function run(command: Command): Promise<number> {
  const shownFrom = process.cwd();
  switch (command.name) {
    case "generate": {
      const { generate } = await import("./generate.js");
      return generate({ ...command.options, shownFrom });
    }
    case "watch": {
      const { watchCodegen } = await import("./watch-codegen.js");
      await watchCodegen({ ...command.options, shownFrom });
      return 0;
    }
    case "explain": {
      const { explainCodes } = await import("./explain-codes.js");
      return explainCodes(command.codes);
    }
  }
}

/** Files that cannot be read, and what was caught and told in words already, need no stack; a bug does. */
function describe(error: unknown): string {
  const isTold =
    error instanceof UsageError || (error instanceof Error && ("code" in error || error.cause !== undefined));
  return isTold ? error.message : inspect(error);
}
