import { BotsError, runBots } from "../bots/index.js";
import { botsUsage } from "./bots-usage.js";
import { UsageError } from "./command-error.js";
import { createCommand } from "./create-command.js";

/** Lets bots play against a running game. */
export const bots = createCommand(botsUsage, async (read) => {
  const [scenario = ""] = read.arguments;
  const options = {
    url: readUrl(read.text("url")),
    bots: read.number("bots", { from: 1, to: 50_000 }),
    threads: read.number("threads", { from: 1, to: 256 }),
    ramp: read.number("ramp", { from: 0, to: 86_400 }),
    duration: read.number("duration", { from: 1, to: 86_400 }),
    rate: read.number("rate", { from: 1, to: 1_000_000 }),
    maxErrors: read.number("max-errors", { from: 0, to: 1_000_000_000 }),
    json: read.has("json"),
  };
  const end = new AbortController();
  // Only the first: the second one ends the process, as it does any other.
  process.once("SIGINT", () => end.abort());
  try {
    return await runBots(
      { ...options, scenario },
      { out: process.stdout, progress: process.stderr, signal: end.signal },
    );
  } catch (error) {
    if (error instanceof BotsError) throw new UsageError(`${error.message}.`);
    throw error;
  }
});

function readUrl(value: string | undefined): string | undefined {
  if (value === undefined || /^(mqtts?|wss?|https?):\/\/./.test(value)) return value;
  throw new UsageError(
    `--url takes an address such as wss://play.example.com/mqtt, not ${JSON.stringify(value)}.`,
  );
}
