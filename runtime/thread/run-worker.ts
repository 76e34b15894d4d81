import { parentPort, workerData } from "node:worker_threads";
import type { NodeId } from "../transport/transport.js";
import { describeThread } from "./describe-thread.js";
import { toFault } from "./fault.js";
import type { ThreadLog } from "./thread-log.js";
import { ThreadTransport } from "./thread-transport.js";
import { Vitals } from "./vitals.js";
import { type Birth, type Order, type Report, startId, stopStep } from "./worker-protocol.js";

/** What a worker thread starts with. */
export interface WorkerContext<Data, Log> {
  /** The thread's name in the plan. */
  readonly name: string;
  readonly modules: readonly string[];
  readonly node: NodeId;
  /** From the plan. */
  readonly data: Data;
  /** To all other threads of the process, the main one included. Closed after the stop. */
  readonly transport: ThreadTransport;
  readonly log: Log;
}

/** A worker that runs. */
export interface RunningWorker {
  /** What the main thread may ask for by {@link WorkerThreads.run}, by name. */
  readonly steps?: Readonly<Record<string, () => unknown>>;
  /** Stops what was started. The thread ends afterwards, whatever is still open. */
  stop(): void | Promise<void>;
}

/** What a worker thread does. */
export interface WorkerMain<Data, Log extends ThreadLog> {
  /** The log of the thread; it should write past the main thread, which may be blocked. */
  createLog(name: string, data: Data): Log;
  start(context: WorkerContext<Data, Log>): Promise<RunningWorker>;
}

/** What a worker's entry file calls, once. */
export function runWorker<Data, Log extends ThreadLog>(main: WorkerMain<Data, Log>): void {
  if (parentPort === null) throw new Error("runWorker() is for worker threads only");
  const port = parentPort;
  // Threads are started by WorkerThreads only, which gives them this.
  const birth = workerData as Birth<Data>;
  const { node, data, thread } = birth;
  const log = main.createLog(thread.name, data);
  // One forgotten `await` in a module must not end all the others of its thread.
  process.on("unhandledRejection", (err) =>
    log.error({ err }, `A promise was rejected in the ${describeThread(thread)} and nobody looked`),
  );
  const vitals = new Vitals(birth.vitals, birth.place, log);
  const transport = new ThreadTransport(birth.links, birth.limits);
  // A module may call others as soon as it starts.
  const running = transport.greetAll().then(() => main.start({ ...thread, node, data, transport, log }));

  async function take(step: string): Promise<unknown> {
    const worker = await running;
    return step === stopStep ? worker.stop() : worker.steps?.[step]?.();
  }

  async function report(id: number, done: Promise<unknown>): Promise<void> {
    const report: Report = await done.then(
      (value: unknown) => ({ id, value }),
      (thrown: unknown) => ({ id, fault: toFault(thrown) }),
    );
    port.postMessage(report);
  }

  async function stop(id: number): Promise<void> {
    await report(id, take(stopStep));
    await transport.close();
    vitals.stop();
    // Ends this thread only, and whatever a module may have left open in it.
    process.exit();
  }

  port.on("message", (order: Order) => {
    if (order.kind === "connect") transport.connect(order.link);
    else if (order.step === stopStep) void stop(order.id);
    else void report(order.id, take(order.step));
  });
  void report(
    startId,
    running.then(() => undefined),
  );
}
