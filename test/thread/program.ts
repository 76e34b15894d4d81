import { once } from "node:events";
import { directStderr } from "../../runtime/thread/direct-stderr.js";
import { WorkerThreads } from "../../runtime/thread/worker-threads.js";
import type { WorkerData } from "./worker.js";

// A process of its own: what its threads log, in the order in which they do, and that it ends by itself.

const write = (_fields: object, message: string): void => directStderr.write(`${message}\n`);

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const threads = new WorkerThreads<WorkerData>({
  entry: new URL("./worker.ts", import.meta.url),
  plans: [
    { name: "game", modules: ["Lobby", "Chess"], data: {} },
    { name: "other", modules: [], data: {} },
  ],
  main: { name: "main", modules: ["Gate"], node: "main-0" },
  createNode: (name) => name,
  log: { info: write, warn: write, error: write },
});
const answers = new EventTarget();
threads.transport.listen({
  onFrame: ([what]) => answers.dispatchEvent(new Event(String(what))),
  onUndelivered() {},
  onInterrupted() {},
  onNodeGone() {},
});
await threads.start();

directStderr.write("= main blocks\n");
block(3000);
directStderr.write("= main is back\n");
await new Promise((resolve) => setTimeout(resolve, 500));

async function ask(...frame: unknown[]): Promise<void> {
  threads.transport.lane({ kind: "node", node: "game" }).send(frame, 1000);
  await once(answers, frame[0] === "block" ? "blocked" : "echo");
}

directStderr.write("= game blocks\n");
await ask("block", 3000);
directStderr.write("= game is back\n");
await new Promise((resolve) => setTimeout(resolve, 500));

threads.transport.lane({ kind: "node", node: "game" }).send(["reject"], 1000);
await ask("echo");
await ask("echo");

const errors = await threads.stop();
directStderr.write(`= stopped with ${errors.length} errors\n`);
