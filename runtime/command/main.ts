#!/usr/bin/env node
import { inspect } from "node:util";
import { CommandError, UsageError } from "./command-error.js";
import { commands } from "./commands.js";
import { formatCommands } from "./format-commands.js";
import { didYouMean } from "./nearest.js";
import { readVersion } from "./read-version.js";

const [name = "", ...words] = process.argv.slice(2);

try {
  const code = await run();
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  fail(error);
}

async function run(): Promise<number | undefined> {
  if (["--help", "-h", "help"].includes(name) && words.length === 0) {
    process.stdout.write(`${formatCommands(commands)}\n`);
    return 0;
  }
  if (name === "--version") {
    process.stdout.write(`${await readVersion()}\n`);
    return 0;
  }
  const [wanted = "", ...rest] = name === "help" ? [...words, "--help"] : [name, ...words];
  const entry = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (entry === undefined) throw new UsageError(describeUnknown(wanted));
  const command = await entry.load();
  return command.run(rest);
}

function describeUnknown(wanted: string): string {
  if (wanted === "") return "A command is missing.";
  return `There is no command ${wanted}.${didYouMean(wanted, Object.keys(commands))}`;
}

function fail(error: unknown): never {
  const isTold = error instanceof CommandError;
  const help = Object.hasOwn(commands, name) ? `antwire ${name} --help` : "antwire --help";
  const hint = error instanceof UsageError ? ` Try ${help}` : "";
  process.stderr.write(`antwire: ${isTold ? error.message : inspect(error)}${hint}\n`);
  process.exit(isTold ? error.exitCode : 1);
}
