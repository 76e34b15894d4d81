/** What is done in less needs no display, in milliseconds. */
const patience = 400;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Says on a terminal what is being waited for and for how long; elsewhere nothing. */
export async function withProgress<T>(what: string, work: Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work;
  const started = performance.now();
  let turn = 0;
  const timer = setInterval(() => {
    const waited = performance.now() - started;
    if (waited < patience) return;
    // Back to the first column, the line, and nothing of the last one behind it.
    process.stderr.write(
      `\r${frames[turn++ % frames.length]} ${what} (${Math.round(waited / 1000)} s)\u001b[K`,
    );
  }, 100);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (turn > 0) process.stderr.write("\r\u001b[K");
  }
}
