import { inspect } from "node:util";
import { type Command, readCommandLine, UsageError } from "./command-line.js";

try {
  const command = readCommandLine(process.argv);
  if (command) process.exitCode = await run(command);
} catch (error) {
  console.error(`codegen: ${describe(error)}`);
  if (error instanceof UsageError) console.error("Try: npm run codegen -- --help");
  process.exitCode = 2;
}

async function run(command: Command): Promise<number> {
  const shownFrom = process.cwd();
  // Loaded late: generating takes TypeScript's compiler, and explaining does not.
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
