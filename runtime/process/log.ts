import { pino } from "pino";
import type { Logger } from "../module/logger.js";
import { formatLine } from "./log-line.js";

/** How a log is written: as lines for people, or as JSON for programs. */
export type LogFormat = "text" | "json";

/** Where lines of a log go. */
export interface LogDestination {
  write(text: string): unknown;
}

/** The log of a process. */
export interface ProcessLog extends Logger {
  /** A logger that adds the fields to everything it writes. */
  child(fields: { readonly module: string }): Logger;
}

/** Makes the log of a process, which writes from the level `info` up; to the standard error stream unless told otherwise. */
export function createLog(format: LogFormat, destination: LogDestination = process.stderr): ProcessLog {
  if (format === "json") return pino({}, { write: (line) => destination.write(line) });
  return pino({ base: null }, { write: (line) => destination.write(formatLine(line)) });
}
