import type { RunState } from "./run-state.js";

/** Where a display writes: a stream of the process. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Milliseconds between two states: in a terminal in place, elsewhere as lines. */
const intervals = { inPlace: 500, lines: 5_000 };

/** Goes to the start of the line and clears it [ECMA-48: CR, EL]. */
const clearLine = "\r\u001b[2K";

/** Shows how a run goes, until the returned function is called. */
export function showProgress(
  screen: Screen,
  read: () => RunState,
  { bots, seconds }: { readonly bots: number; readonly seconds: number },
): () => void {
  const inPlace = screen.isTTY === true;
  const start = performance.now();
  let last = { at: start, calls: 0, pushes: 0 };
  const show = () => {
    const at = performance.now();
    const { calls, connected, failed, pushes } = read();
    const perSecond = (now: number, before: number) =>
      Math.round(((now - before) * 1_000) / (at - last.at)).toLocaleString("en");
    const parts = [
      `${Math.round((at - start) / 1_000)} of ${seconds} s`,
      `${connected.toLocaleString("en")} of ${bots.toLocaleString("en")} bots`,
      `${perSecond(calls, last.calls)} calls/s`,
      `${perSecond(pushes, last.pushes)} pushes/s`,
      `${failed.toLocaleString("en")} errors`,
    ];
    last = { at, calls, pushes };
    screen.write(inPlace ? `${clearLine}${parts.join("  ")}` : `${parts.join(", ")}\n`);
  };
  const timer = setInterval(show, inPlace ? intervals.inPlace : intervals.lines);
  return () => {
    clearInterval(timer);
    if (inPlace) screen.write(clearLine);
  };
}
