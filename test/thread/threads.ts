import { onTestFinished } from "vitest";
import type { FlowLimits } from "../../runtime/thread/flow.js";
import { WorkerThreads } from "../../runtime/thread/worker-threads.js";
import { Inbox } from "./inbox.js";
import type { WorkerData } from "./worker.js";

/** The main thread of the tests, with its workers. */
export interface Threads {
  readonly threads: WorkerThreads<WorkerData>;
  readonly inbox: Inbox;
  /** What was logged in the main thread: the message and, below it, the stack. */
  readonly log: string[];
}

/** Workers to start: the modules of each by its name, or all that its plan says. */
export type Plans = Readonly<
  Record<string, readonly string[] | { readonly modules: readonly string[]; readonly data: WorkerData }>
>;

/** Makes workers ready to be started, and ends them after the test. */
export function prepareThreads(plans: Plans, limits: FlowLimits = {}): Threads {
  const log: string[] = [];
  const write = (fields: object, message: string): void => {
    const stack = "err" in fields && fields.err instanceof Error ? `\n${fields.err.stack}` : "";
    log.push(message + stack);
  };
  let started = 0;
  const threads = new WorkerThreads<WorkerData>({
    entry: new URL("./worker.ts", import.meta.url),
    plans: Object.entries(plans).map(([name, plan]) =>
      "modules" in plan ? { name, ...plan } : { name, modules: plan, data: {} },
    ),
    main: { name: "main", modules: [], node: "main-1" },
    createNode: (name) => `${name}-${++started}`,
    log: { info: write, warn: write, error: write },
    limits,
  });
  const inbox = new Inbox();
  threads.transport.listen(inbox);
  onTestFinished(async () => {
    await threads.stop(0);
  });
  return { threads, inbox, log };
}

/** The same, started. */
export async function startThreads(plans: Plans, limits?: FlowLimits): Promise<Threads> {
  const prepared = prepareThreads(plans, limits);
  await prepared.threads.start();
  return prepared;
}
