import { cac } from "cac";
import type { LogFormat } from "./log.js";

/** What the command `start` was told. */
export interface StartCommand {
  readonly kind: "start";
  /** The process to run; undefined for one that runs everything. */
  readonly process: string | undefined;
  /** Worker threads to spread its modules over. */
  readonly threads: number | undefined;
  readonly config: string;
  readonly log: LogFormat;
  readonly host: string | undefined;
  readonly mqtt: number | undefined;
  readonly http: number | undefined;
}

/** Says where everything runs, and starts nothing. */
export interface PlacementCommand {
  readonly kind: "placement";
  readonly config: string;
}

export type Command = StartCommand | PlacementCommand;

/** A command line that makes no sense. The message is one line. */
export class UsageError extends Error {
  override get name(): string {
    return "UsageError";
  }
}

const configFile = "antwire.config.ts";
const configOption = "File that names the modules";

/**
 * Reads a command line as Node has it in `process.argv`. Undefined where it asks for help, which is printed.
 *
 * @throws UsageError
 */
export function readCommandLine(argv: readonly string[]): Command | undefined {
  const cli = cac("antwire");
  let command: Command | undefined;
  cli
    .command("start [process]", "Run the application, or one of its processes")
    .option("--threads <n>", "Worker threads to spread the modules over, whatever the config says")
    .option(
      "--http <port>",
      "Port of the page and of MQTT over WebSocket; 0 for any free one (default: 8080)",
    )
    .option("--mqtt <port>", "Port of MQTT over TCP; 0 for any free one (default: 1883)")
    .option("--host <address>", "Address to listen on (default: 127.0.0.1)")
    .option("--config <file>", configOption, { default: configFile })
    .option("--log <format>", "text or json, on the standard error stream", { default: "text" })
    .action((process: string | undefined, options: Readonly<Record<string, unknown>>) => {
      command = {
        kind: "start",
        process,
        threads: readThreads(options.threads),
        config: readText("config", options.config) ?? "",
        log: readLogFormat(options.log),
        host: readText("host", options.host),
        mqtt: readPort("mqtt", options.mqtt),
        http: readPort("http", options.http),
      };
    });
  cli
    .command("placement", "Say where everything runs and how it reaches each other")
    .option("--config <file>", configOption, { default: configFile })
    .action((options: Readonly<Record<string, unknown>>) => {
      command = { kind: "placement", config: readText("config", options.config) ?? "" };
    });
  cli.help();
  try {
    const { args, options } = cli.parse([...argv], { run: false });
    if (options.help === true) return undefined;
    if (cli.matchedCommand === undefined) {
      throw new UsageError(args[0] === undefined ? "A command is missing" : `Unknown command \`${args[0]}\``);
    }
    cli.runMatchedCommand();
  } catch (error) {
    if (error instanceof Error && error.name === "CACError") throw new UsageError(error.message);
    throw error;
  }
  return command;
}

function readThreads(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 1_024) return value;
  throw new UsageError("--threads takes a number of threads from 0 to 1024");
}

function readPort(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new UsageError(`--${name} takes a port from 0 to 65535`);
}

// An option that looks like a number comes as one, and one that was given twice as an array.
function readText(name: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value !== "" && (typeof value === "string" || typeof value === "number")) return String(value);
  throw new UsageError(`--${name} takes one value`);
}

function readLogFormat(value: unknown): LogFormat {
  if (value === "text" || value === "json") return value;
  throw new UsageError("--log takes text or json");
}
