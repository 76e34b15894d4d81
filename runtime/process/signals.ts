// What a shell reports for a process that such a signal has ended: 128 and the signal's number.
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** What signals do. */
export interface SignalActions {
  /** Runs at the first signal. */
  stop(): void;
  /** Runs at the second one. */
  exit(code: number): void;
}

/** Stops the process gracefully at the first SIGTERM or SIGINT, and at once at the second. */
export function onSignals({ stop, exit }: SignalActions): void {
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (isStopping) exit(exitCodes[signal]);
      isStopping = true;
      stop();
    });
  }
}
