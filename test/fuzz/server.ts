import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Running, start } from "../setup/run.js";

/** MiB of the heap's old part: a server that keeps what it is sent ends for want of memory. */
export const heapMiB = 128;

/** The game of this folder, in a process of its own. */
export interface Server {
  readonly running: Running;
  readonly port: number;
  /** Where it tells its metrics. */
  readonly metrics: string;
  readResidentMiB(): number;
}

/** Starts it on free ports. */
export async function startServer(): Promise<Server> {
  const config = fileURLToPath(new URL("antwire.config.ts", import.meta.url));
  const flags = [`--max-old-space-size=${heapMiB}`, "--import", "tsx"];
  const command = ["runtime/command/main.ts", "start", "--config", config, "--http", "0", "--mqtt", "0"];
  const running = start(process.execPath, [...flags, ...command]);
  const output = await running.until((said) => said.includes("Antwire is ready"));
  const find = (pattern: RegExp) => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined) throw new Error(`The server does not say where it is:\n${output}`);
    return found;
  };
  return {
    running,
    port: Number(find(/mqtt:\/\/127\.0\.0\.1:(\d+)/)),
    metrics: find(/(?:M|m)etrics.*?(http:\/\/127\.0\.0\.1:\d+)/),
    readResidentMiB() {
      // Elsewhere the bound of the heap has to do.
      if (process.platform !== "linux") return 0;
      const status = readFileSync(`/proc/${running.process.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
  };
}
