import { RpcError } from "../error/rpc-error.js";
import type { Logger } from "../module/logger.js";
import { createLog, type ProcessLog } from "../process/log.js";

/** A line that an application under test logged. */
export interface LogEntry {
  readonly level: keyof Logger;
  readonly message: string;
  /** What came before the message; with `err` where it is about an error. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The module that logged it; undefined where it was the framework. */
  readonly module: string | undefined;
}

/** Lines that one application may log in a test; the first ones say why, so they are kept. */
const limit = 10_000;

/** Keeps what is logged. */
export class CapturedLog {
  readonly entries: LogEntry[] = [];
  readonly log: ProcessLog = { ...this.#logger(undefined), child: ({ module }) => this.#logger(module) };

  /** Writes everything from the level `info` up to the standard error stream. */
  show(): void {
    const log = createLog("text");
    for (const { level, message, fields, module } of this.entries) {
      const writer = module === undefined ? log : log.child({ module });
      writer[level](fields, message);
    }
  }

  /** An `internal` error together with what it hides from callers: they get a trace id, and the log the cause. */
  explain(error: unknown): unknown {
    if (!(error instanceof RpcError) || error.code !== "internal" || error.cause !== undefined) return error;
    const entry = this.entries.findLast(
      ({ fields }) => typeof fields.traceId === "string" && error.message.includes(fields.traceId),
    );
    if (entry !== undefined) error.cause = entry.fields.err;
    return error;
  }

  #logger(module: string | undefined): Logger {
    const record = (level: keyof Logger) => (fields: object | string, message?: string) => {
      if (this.entries.length >= limit) return;
      const isMessage = typeof fields === "string";
      this.entries.push({
        level,
        message: isMessage ? fields : (message ?? ""),
        fields: isMessage ? {} : { ...fields },
        module,
      });
    };
    return { debug: record("debug"), info: record("info"), warn: record("warn"), error: record("error") };
  }
}
