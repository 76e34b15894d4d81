import type { CommandEntry } from "./commands.js";
import { formatRows } from "./usage.js";

/** What `antwire --help` prints. */
export function formatCommands(commands: Readonly<Record<string, CommandEntry>>): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return `antwire <command>

${formatRows(rows)}

  antwire <command> --help says how one is used; --version prints the version.

Examples:
  antwire init my-game
  antwire codegen --watch
  antwire start --threads 3
  antwire call Chat.say lobby 'hello there' --user Ann

Ends with 0, with 1 where something went wrong, and with 2 where it was told something that makes no sense.`;
}
