import type { Worker } from "node:worker_threads";
import type { NodeId } from "../transport/transport.js";
import { describeThread } from "./describe-thread.js";
import { toError } from "./fault.js";
import type { Link } from "./link.js";
import { openWorker } from "./open-worker.js";
import { type Birth, type Order, type Report, startId, stopStep } from "./worker-protocol.js";

/** How a thread ended. */
export interface End {
  /** What it threw, if it did. */
  readonly error: Error | undefined;
  readonly exitCode: number;
}

/** One life of a worker thread, from its start to its end; started again it is another one. */
export class WorkerThread {
  readonly node: NodeId;
  /** Resolves once the worker's start has succeeded, and rejects when it failed or the thread ended. */
  readonly started: Promise<unknown>;
  /** Resolves once the thread is gone, however. */
  readonly ended: Promise<End>;
  readonly #worker: Worker;
  readonly #description: string;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = startId;
  #error: Error | undefined;
  #isGone = false;

  constructor(birth: Birth<unknown>) {
    this.node = birth.node;
    this.#description = describeThread(birth.thread);
    this.#worker = openWorker(birth);
    this.started = this.#reportOf(startId);
    this.#worker.on("message", (report: Report) => this.#onReport(report));
    // What was thrown need not be an error.
    this.#worker.on("error", (thrown: unknown) => {
      this.#error = thrown instanceof Error ? thrown : new Error(String(thrown));
    });
    this.ended = new Promise((resolve) => {
      this.#worker.on("exit", (exitCode) => resolve(this.#onExit(exitCode)));
    });
  }

  connect(link: Link): void {
    const order: Order = { kind: "connect", link };
    this.#worker.postMessage(order, [link.port]);
  }

  /** Resolves with what the step came to, and rejects when that failed or the thread ended. */
  run(step: string): Promise<unknown> {
    if (this.#isGone) return Promise.reject(this.#goneError());
    const id = ++this.#lastId;
    const order: Order = { kind: "run", id, step };
    this.#worker.postMessage(order);
    return this.#reportOf(id);
  }

  /**
   * Lets the thread stop itself, and ends it when that takes too long. Resolves when it is gone, with what
   * went wrong.
   *
   * @param limit in milliseconds
   */
  async stop(limit: number): Promise<Error | undefined> {
    const tooLate = setTimeout(() => {
      this.#error ??= new Error(`The ${this.#description} did not stop within ${limit} ms and was ended`);
      void this.terminate();
    }, limit);
    try {
      await this.run(stopStep);
      await this.ended;
      return this.#error;
    } catch (error) {
      await this.terminate();
      return this.#error ?? (error instanceof Error ? error : new Error(String(error)));
    } finally {
      clearTimeout(tooLate);
    }
  }

  /** Ends the thread at once. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
    await this.ended;
  }

  #reportOf(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #onReport({ id, value, fault }: Report): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (fault === undefined) {
      waiting?.resolve(value);
      return;
    }
    const error = toError(fault);
    waiting?.reject(error);
    if (id !== startId) return;
    this.#error ??= error;
    void this.terminate(); // Never rejects: the thread ends.
  }

  #onExit(exitCode: number): End {
    this.#isGone = true;
    for (const { reject } of this.#waiting.values()) reject(this.#goneError());
    this.#waiting.clear();
    return { error: this.#error, exitCode };
  }

  #goneError(): Error {
    return this.#error ?? new Error(`The ${this.#description} has ended`);
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}
