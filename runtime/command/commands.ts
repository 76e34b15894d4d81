import type { Command } from "./command.js";
import { inGenerator } from "./generator-program.js";

/** A command as the list of all commands knows it. */
export interface CommandEntry {
  /** One line for the list. */
  readonly summary: string;
  /** Imports it: `start` must not wait for what other commands need. */
  load(): Promise<Command>;
}

/** All commands, in the order in which a newcomer meets them. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  init: { summary: "Make a new game: a small one that runs", load: inGenerator("init") },
  codegen: { summary: "Generate code from the interface files", load: inGenerator() },
  check: { summary: "Check interface files, generated code and types", load: inGenerator("check") },
  explain: { summary: "Say more about a diagnostic, with examples", load: inGenerator("explain") },
  start: {
    summary: "Run the application, or one of its processes",
    load: async () => (await import("./start.js")).start,
  },
  placement: {
    summary: "Say where everything runs and how it reaches each other",
    load: async () => (await import("./placement.js")).placement,
  },
  call: {
    summary: "Call a method of a running game",
    load: async () => (await import("./call.js")).call,
  },
  listen: {
    summary: "Print what a module pushes",
    load: async () => (await import("./listen.js")).listen,
  },
  bots: {
    summary: "Let bots play against a running game, and measure its answers",
    load: async () => (await import("./bots.js")).bots,
  },
  completion: {
    summary: "Print a script that completes names in a shell",
    load: async () => (await import("./completion.js")).completion,
  },
};
