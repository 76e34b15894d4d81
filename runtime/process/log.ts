import { pino } from "pino";
import type { Logger } from "../module/logger.js";
import { formatLine } from "./log-line.js";

/** How a log is written: as lines for people, or as JSON for programs. */
export type LogFormat = "text" | "json";

/** The log of a process. */
export interface ProcessLog extends Logger {
  /** A logger that adds the fields to everything it writes. */
  child(fields: { readonly module: string }): Logger;
}

/** Writes from the level `info` up. */
export function createLog(
  format: LogFormat,
  destination: NodeJS.WritableStream = process.stderr,
): ProcessLog {
  if (format === "json") return pino({}, destination);
  return pino({ base: null }, { write: (line) => destination.write(formatLine(line)) });
}
