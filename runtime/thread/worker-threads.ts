import { setTimeout as sleep } from "node:timers/promises";
import { type BackOff, backOff } from "../transport/back-off.js";
import type { NodeId } from "../transport/transport.js";
import { describeThread, type ThreadDescription } from "./describe-thread.js";
import type { FlowLimits } from "./flow.js";
import { createLinks, type Link } from "./link.js";
import type { ThreadLog } from "./thread-log.js";
import { ThreadTransport } from "./thread-transport.js";
import { createVitalsMemory, Vitals, type VitalsMemory } from "./vitals.js";
import { type End, WorkerThread } from "./worker-thread.js";

/** A thread that ran for so many milliseconds starts again as if it had never failed. */
const steadyMs = 10_000;

const waits: BackOff = { shortest: 100, longest: 5_000 };

/** A worker thread to run. */
export interface WorkerPlan<Data> extends ThreadDescription {
  /** What its entry gets; structured clone takes it there. */
  readonly data: Data;
}

/** The threads of one process. */
export interface WorkerThreadsOptions<Data> {
  /** The file that workers run; it calls {@link runWorker}. */
  readonly entry: URL;
  readonly plans: readonly WorkerPlan<Data>[];
  /** This thread. */
  readonly main: ThreadDescription & { readonly node: NodeId };
  /** A new id for each start of a thread. */
  createNode(name: string): NodeId;
  readonly log: ThreadLog;
  readonly limits?: FlowLimits;
}

/**
 * Runs the worker threads of a process, connects each with all others and with the main thread, and starts
 * again what ends unasked. For the main thread.
 */
export class WorkerThreads<Data> {
  /** The main thread's own way to the workers. */
  readonly transport: ThreadTransport;
  readonly #options: WorkerThreadsOptions<Data>;
  readonly #vitalsMemory: VitalsMemory;
  readonly #vitals: Vitals;
  readonly #slots: readonly Slot<Data>[];
  /** The steps that threads have taken since their start. */
  readonly #steps: string[] = [];
  /** Whether all threads have been started and none has been stopped: then who ends is started again. */
  #isRunning = false;

  constructor(options: WorkerThreadsOptions<Data>) {
    const { plans, main, limits, log } = options;
    this.#options = options;
    this.transport = new ThreadTransport([], limits);
    this.#slots = plans.map((plan, i) => ({ plan, place: i + 1, since: 0, failures: 0 }));
    this.#vitalsMemory = createVitalsMemory([main, ...plans].map(({ name, modules }) => ({ name, modules })));
    this.#vitals = new Vitals(this.#vitalsMemory, 0, log);
  }

  /**
   * Starts all threads at once. Resolves when all of them have started; rejects with the error of the first
   * that did not, after all have been ended.
   */
  async start(): Promise<void> {
    // All channels before the first thread: what one announces when it starts must reach all others.
    const newcomers = this.#slots.map((slot) => this.#prepare(slot));
    newcomers.forEach((one, i) => {
      for (const other of newcomers.slice(0, i)) {
        const [link, otherLink] = createLinks(one.node, other.node);
        one.links.push(link);
        other.links.push(otherLink);
      }
    });
    const threads = newcomers.map((newcomer) => this.#launch(newcomer));
    try {
      await Promise.race([
        Promise.all(threads.map(({ started }) => started)),
        ...threads.map((thread) => failAtEnd(thread)),
      ]);
      this.#isRunning = true;
    } catch (error) {
      await Promise.all(threads.map((thread) => thread.terminate()));
      await this.#close();
      throw error;
    }
  }

  /**
   * Asks all threads that run to take the step of that name, and resolves when they have. Threads that know
   * no such step have nothing to do; one that is started again later takes it too.
   */
  async run(step: string): Promise<Outcomes> {
    this.#steps.push(step);
    const outcomes = await Promise.allSettled(this.#threads().map((thread) => thread.run(step)));
    return {
      values: outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])),
      errors: outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : [])),
    };
  }

  /**
   * Asks all threads that run what the step of that name comes to. Who starts later is not asked, and who does not
   * answer in time, or ends meanwhile, is left out.
   *
   * @param limit milliseconds that a thread has for its answer
   */
  async ask(step: string, limit: number): Promise<readonly unknown[]> {
    const silence = new AbortController();
    const late = sleep(limit, undefined, { signal: silence.signal }).catch(() => undefined); // Only by the abort below.
    const answers = await Promise.allSettled(
      this.#threads().map((thread) => Promise.race([thread.run(step), late])),
    );
    silence.abort();
    return answers.flatMap((answer) =>
      answer.status === "fulfilled" && answer.value !== undefined ? [answer.value] : [],
    );
  }

  /**
   * Stops all threads, and the main thread's transport after them. Resolves when all are gone, with what
   * went wrong.
   *
   * @param limit milliseconds that a thread has; then it is ended. Default: 15,000.
   */
  async stop(limit = 15_000): Promise<readonly Error[]> {
    this.#isRunning = false;
    for (const { restart } of this.#slots) clearTimeout(restart);
    const errors = await Promise.all(this.#threads().map((thread) => thread.stop(limit)));
    await this.#close();
    return errors.filter((error) => error !== undefined);
  }

  async #close(): Promise<void> {
    this.#vitals.stop();
    await this.transport.close();
  }

  #threads(): WorkerThread[] {
    return this.#slots.flatMap(({ thread }) => thread ?? []);
  }

  /** A thread to be, and its channel to the main thread. */
  #prepare(slot: Slot<Data>): Newcomer<Data> {
    const node = this.#options.createNode(slot.plan.name);
    const [own, other] = createLinks(this.#options.main.node, node);
    this.transport.connect(own);
    return { slot, node, links: [other] };
  }

  #launch({ slot, node, links }: Newcomer<Data>): WorkerThread {
    const { entry, limits = {} } = this.#options;
    const { plan, place } = slot;
    const thread = new WorkerThread({
      entry: entry.href,
      thread: { name: plan.name, modules: plan.modules },
      node,
      links,
      limits,
      vitals: this.#vitalsMemory,
      place,
      data: plan.data,
    });
    slot.thread = thread;
    slot.since = performance.now();
    void thread.ended.then((end) => this.#onEnd(slot, end)); // Never rejects.
    return thread;
  }

  #onEnd(slot: Slot<Data>, { error, exitCode }: End): void {
    slot.thread = undefined;
    this.#vitals.markAway(slot.place);
    if (!this.#isRunning) return;
    if (performance.now() - slot.since > steadyMs) slot.failures = 0;
    const wait = backOff(waits, slot.failures++, 0);
    const fields = { thread: slot.plan.name, exitCode, ...(error === undefined ? {} : { err: error }) };
    const how = error === undefined ? `ended with exit code ${exitCode}` : `failed: ${error.message}`;
    this.#options.log.error(fields, `The ${describeThread(slot.plan)} ${how}. It starts again in ${wait} ms`);
    slot.restart = setTimeout(() => this.#restart(slot), wait);
  }

  #restart(slot: Slot<Data>): void {
    const newcomer = this.#prepare(slot);
    for (const thread of this.#threads()) {
      const [link, otherLink] = createLinks(newcomer.node, thread.node);
      newcomer.links.push(link);
      thread.connect(otherLink);
    }
    const thread = this.#launch(newcomer);
    this.#catchUp(thread).then(
      () => this.#options.log.info({ thread: slot.plan.name }, `The ${describeThread(slot.plan)} runs again`),
      (err: unknown) => {
        const fields = { err, thread: slot.plan.name };
        this.#options.log.error(fields, `The ${describeThread(slot.plan)} could not start again`);
        // What is half started is of no use; its end leads to the next try.
        void thread.terminate();
      },
    );
  }

  /** Takes the steps that the others have taken. */
  async #catchUp(thread: WorkerThread): Promise<void> {
    await thread.started;
    for (const step of this.#steps) await thread.run(step);
  }
}

/** What a step came to on all threads. */
export interface Outcomes {
  readonly values: readonly unknown[];
  readonly errors: readonly Error[];
}

/** A place for a thread: one after the other has it. */
interface Slot<Data> {
  readonly plan: WorkerPlan<Data>;
  /** Among the threads of the vitals. */
  readonly place: number;
  thread?: WorkerThread | undefined;
  /** When the thread was started. */
  since: number;
  /** How often in a row it has ended unasked. */
  failures: number;
  restart?: NodeJS.Timeout;
}

/** A thread before its start. */
interface Newcomer<Data> {
  readonly slot: Slot<Data>;
  readonly node: NodeId;
  /** To the other threads. */
  readonly links: Link[];
}

/** Rejects when the thread ends. */
async function failAtEnd(thread: WorkerThread): Promise<never> {
  const { error, exitCode } = await thread.ended;
  throw error ?? new Error(`A thread ended with exit code ${exitCode} while others were starting`);
}
