import { readFileSync } from "node:fs";

/** The kernel counts in hundredths of a second, whatever it uses itself. */
const tick = 10_000;

/** CPU that another process has used so far, in microseconds. Linux only. */
export function readProcessCpu(pid: number): number {
  // The name in parentheses may hold blanks. The user's and the system's time are the 14th and 15th field of the whole.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tick;
}
