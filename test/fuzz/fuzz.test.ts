import { fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { eventually } from "../gateway/eventually.js";
import { scrape } from "../metrics/scrape.js";
import type { Order, Progress } from "./fuzzer.js";
import { connect, type Game } from "./generated/client.js";
import { record } from "./record.js";
import { heapMiB, startServer } from "./server.js";
import { thing } from "./thing.js";

const packets = Number(process.env.ANTWIRE_FUZZ_PACKETS ?? 200_000);
const seed = Number(process.env.ANTWIRE_FUZZ_SEED ?? Date.now() % 1_000_000_000);

/** MiB in all that the server may take on top of that, code and buffers included. */
const outsideMiB = 256;

test(`a server outlives ${packets} spoiled packets, forgets them, and serves others meanwhile`, {
  timeout: 600_000,
}, async () => {
  const server = await startServer();
  try {
    const recorded = await record(server.port);
    const game = await connect(`mqtt://127.0.0.1:${server.port}`);
    const quiet = await callAllTheTime(game, untilCalls(2_000));

    let progress: Progress | undefined;
    let peakMiB = 0;
    const fuzzer = fork(fileURLToPath(new URL("fuzzer.ts", import.meta.url)), {
      execArgv: ["--import", "tsx"],
      serialization: "advanced",
    });
    fuzzer.on("message", (message: Progress) => {
      progress = message;
      peakMiB = Math.max(peakMiB, server.readResidentMiB());
    });
    const order: Order = { port: server.port, seed, packets, recorded, corpus: readCorpus() };
    fuzzer.send(order);
    const isGoingOn = () => progress?.isDone !== true && fuzzer.exitCode === null;
    const died = server.running.ended.then(async (code) => {
      // The fuzzer finds out, and says what it sent last.
      await eventually(isGoingOn).toBe(false);
      const sent = progress?.faults.join("\n");
      throw new Error(`Seed ${seed}: the server ended with ${code}.\n${server.running.output()}\n${sent}`);
    });
    died.catch(() => {}); // At the end it ends because it is told to.
    const busy = await callAllTheTime(game, isGoingOn).catch(async (error: unknown) => {
      // A lost connection tells less than a server that is gone, which is known a moment later.
      await Promise.race([died, sleep(5_000)]);
      throw error;
    });
    fuzzer.disconnect();

    const tally = await scrape(server.metrics);
    console.log(
      `seed ${seed}: ${progress?.packets} packets in ${progress?.sessions} sessions, ${progress?.thrownOut} thrown out, ` +
        `${countCalls(tally.text)} calls; peak memory ${Math.round(peakMiB)} MiB; ` +
        `median of ${busy.length} calls ${median(busy)} ms, of ${quiet.length} without the fuzz ${median(quiet)} ms`,
    );
    expect(progress?.faults, `seed ${seed}`).toEqual([]);
    expect(progress?.packets).toBeGreaterThanOrEqual(packets);
    expect(busy.length).toBeGreaterThan(100);
    expect(peakMiB).toBeLessThan(heapMiB + outsideMiB);
    // All that was opened has ended, but for the session that called all the time.
    for (const name of ["antwire_connections", "antwire_sessions"]) {
      await eventually(async () => (await scrape(server.metrics)).value(name)).toBe(1);
    }
    await eventually(async () => (await scrape(server.metrics)).value("antwire_client_calls_in_flight")).toBe(
      0,
    );
    await game.close();
  } finally {
    server.running.process.kill("SIGTERM");
    await server.running.ended;
  }
  expect(server.running.process.exitCode).toBe(0);
  expect(findFaults(server.running.output()), `seed ${seed}`).toEqual([]);
});

/** Calls one after the other, looks at each answer, and returns how long each took, in milliseconds. */
async function callAllTheTime(game: Game, goesOn: () => boolean): Promise<number[]> {
  const times: number[] = [];
  for (let number = 1; goesOn(); number++) {
    const sent = thing(number);
    const began = performance.now();
    const came = await game.play.echo(sent, { timeout: 60_000 });
    times.push(performance.now() - began);
    expect(came).toEqual(sent);
  }
  return times;
}

/** Calls that came in, by what became of them. */
function countCalls(metrics: string): string {
  const outcomes = new Map<string, number>();
  for (const [, outcome = "", count] of metrics.matchAll(
    /^antwire_client_calls_total\{.*outcome="([^"]+)".*\} (\d+)$/gm,
  )) {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + Number(count));
  }
  return Array.from(outcomes, ([outcome, count]) => `${count} ${outcome}`).join(", ");
}

function untilCalls(calls: number): () => boolean {
  return () => calls-- > 0;
}

function median(times: readonly number[]): string {
  return (times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN).toFixed(2);
}

/** What once broke a server: files of hexadecimal digits, with what happened behind `#`. */
function readCorpus(): Buffer[] {
  const folder = new URL("corpus/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".hex"))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), "utf8").replace(/#.*$/gm, "").replace(/\s/g, ""))
    .map((digits) => Buffer.from(digits, "hex"));
}

/** Lines of a log that tell of an error, and those of stacks. */
function findFaults(log: string): string[] {
  return log.split("\n").filter((line) => /^\S+ (error|fatal) /.test(line) || /^ {4}\S/.test(line));
}
