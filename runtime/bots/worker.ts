import { parentPort, workerData } from "node:worker_threads";
import { loadScenario } from "./load-scenario.js";
import { play } from "./play.js";
import { Tally } from "./tally.js";
import type { FromThread, ThreadBirth, ToThread } from "./thread-message.js";

// What a thread of bots runs.

/** Milliseconds between two states for the display. */
const stateMs = 250;

if (parentPort === null) throw new Error("This is the entry of a worker thread");
const port = parentPort;
const { file, index, of, plan }: ThreadBirth = workerData;
const tell = (message: FromThread) => port.postMessage(message);

const scenario = await loadScenario(file);
const end = new AbortController();
const started = new Promise<void>((resolve) => {
  port.on("message", (message: ToThread) => {
    if (message === "stop") end.abort();
    resolve();
  });
});
tell({ kind: "ready" });
await started;
const tally = new Tally();
const timer = setInterval(() => tell({ kind: "state", state: tally.state }), stateMs);
const seconds = await play({ plan, share: { index, of }, scenario, tally, signal: end.signal });
clearInterval(timer);
tell({ kind: "end", seconds, tally });
port.close();
