import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { GatewayState } from "../gateway/gateway-state.js";
import { CallTimes } from "./call-times.js";

/** What one thread tells of itself. */
export interface NodeSource {
  /** The thread's name, a label of all its metrics. */
  readonly thread: string;
  /** Whether it also tells what the process as a whole takes. */
  readonly isMain: boolean;
  /** Undefined where players do not connect to it. */
  readonly look: (() => GatewayState) | undefined;
  /** Calls that modules run or wait for. */
  readonly callsRunning: () => number;
  /** Undefined where there is no broker. */
  readonly isConnected: (() => boolean) | undefined;
}

/** Milliseconds between two looks at how late the event loop is. */
const resolution = 20;

const nanoseconds = 1e9;

/** The metrics of one thread. Whatever they count, somebody else has counted: they only read when they are asked. */
export class NodeMetrics {
  readonly #registry = new Registry();
  readonly #look: (() => GatewayState) | undefined;
  #state: GatewayState | undefined = undefined;

  constructor({ thread, isMain, look, callsRunning, isConnected }: NodeSource) {
    this.#look = look;
    this.#registry.setDefaultLabels({ thread });
    if (isMain) collectDefaultMetrics({ register: this.#registry });
    this.#watchEventLoop();
    this.#gauge("calls_running", "Calls that modules of this thread run or wait for", callsRunning);
    if (isConnected !== undefined) {
      this.#gauge("broker_connected", "Whether there is a connection to the broker", () =>
        Number(isConnected()),
      );
    }
    if (look !== undefined) this.#watchGateway();
  }

  /** All of it, as Prometheus reads it. */
  async text(): Promise<string> {
    this.#state = this.#look?.();
    return await this.#registry.metrics();
  }

  #watchEventLoop(): void {
    const delay = monitorEventLoopDelay({ resolution });
    delay.enable();
    new Gauge({
      name: "antwire_event_loop_lag_seconds",
      help: "How late the event loop was, since the last look",
      labelNames: ["quantile"],
      registers: [this.#registry],
      collect() {
        for (const quantile of [0.5, 0.99, 1]) {
          // The histogram holds the whole time between two looks, of which only what is beyond the interval is late.
          const nanos = delay.percentile(quantile * 100) - resolution * 1e6;
          this.set({ quantile }, Math.max(0, nanos) / nanoseconds);
        }
        delay.reset();
      },
    });
  }

  #watchGateway(): void {
    this.#gauge(
      "connections",
      "Connections of clients, also not admitted ones",
      () => this.#state?.connections,
    );
    this.#gauge("sessions", "Sessions", () => this.#state?.sessions);
    this.#gauge("client_calls_in_flight", "Calls of clients that run", () => this.#state?.callsInFlight);
    this.#gauge("authenticating", "Clients that are being authenticated", () => this.#state?.authenticating);
    this.#gauge(
      "authentication_queue",
      "Clients that wait to be authenticated",
      () => this.#state?.authenticationQueue,
    );
    this.#gauge("queued_bytes", "Bytes that wait for clients to read them", () => this.#state?.queuedBytes);
    this.#counter(
      "client_calls_total",
      "Calls of clients that have ended",
      ["method", "outcome"],
      (count) => {
        for (const { method, outcomes } of this.#state?.calls ?? []) {
          for (const [outcome, times] of Object.entries(outcomes)) {
            if (times > 0) count({ method, outcome }, times);
          }
        }
      },
    );
    new CallTimes(
      "antwire_client_call_seconds",
      "How long calls of clients took, streams excepted",
      () => this.#state?.calls ?? [],
      this.#registry,
    );
    this.#counter("refusals_total", "What was refused, ignored or ended", ["reason"], (count) => {
      for (const [reason, times] of Object.entries(this.#state?.refusals ?? {})) count({ reason }, times);
    });
    this.#counter("pushes_total", "Pushes", ["push"], (count) => {
      for (const { push, times } of this.#state?.pushes ?? []) count({ push }, times);
    });
    this.#counter("push_deliveries_total", "Clients that pushes went to", ["push"], (count) => {
      for (const { push, deliveries } of this.#state?.pushes ?? []) count({ push }, deliveries);
    });
    this.#counter("client_events_total", "What was done for slow and absent clients", ["event"], (count) => {
      for (const [event, times] of Object.entries(this.#state?.counters ?? {})) count({ event }, times);
    });
  }

  #gauge(name: string, help: string, read: () => number | undefined): void {
    new Gauge({
      name: `antwire_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read() ?? 0);
      },
    });
  }

  #counter<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    read: (count: (labels: Record<Label, string>, value: number) => void) => void,
  ): void {
    new Counter({
      name: `antwire_${name}`,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        read((labels, value) => this.inc(labels, value));
      },
    });
  }
}
