import { createHistogram, type Histogram, type RecordableHistogram } from "node:perf_hooks";
import type { Code } from "../error/code.js";
import { RpcError } from "../error/rpc-error.js";
import type { RunState } from "./run-state.js";

/** A histogram of times in microseconds, up to an hour. */
function createTimes(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
}

export function recordTime(times: RecordableHistogram, milliseconds: number): void {
  times.record(Math.max(1, Math.round(milliseconds * 1_000)));
}

/** Outcomes as another thread tells them: fields without methods. */
export interface OutcomesTold {
  readonly times: Histogram;
  readonly declared: number;
  readonly errors: ReadonlyMap<string, { readonly count: number; readonly example: string }>;
}

/** Outcomes of one thing that bots do, such as calls of one method. */
export class Outcomes implements OutcomesTold {
  /** How many were answered, and how long that took. */
  readonly times = createTimes();
  /** How many ended with a failure that the IDL declares: an answer like any other. */
  declared = 0;
  /** How many ended with an error, by code, and what one of them said. */
  readonly errors = new Map<string, { count: number; readonly example: string }>();

  /** @param milliseconds from its beginning to its end */
  succeed(milliseconds: number): void {
    recordTime(this.times, milliseconds);
  }

  fail(error: unknown, milliseconds: number): void {
    if (error instanceof RpcError && error.code === "failed") {
      this.declared++;
      this.succeed(milliseconds);
      return;
    }
    const code: Code | "error" = error instanceof RpcError ? error.code : "error";
    this.#countErrors(code, 1, error instanceof Error ? error.message : String(error));
  }

  add({ times, declared, errors }: OutcomesTold): void {
    addTimes(this.times, times);
    this.declared += declared;
    for (const [code, { count, example }] of errors) this.#countErrors(code, count, example);
  }

  get failed(): number {
    let sum = 0;
    for (const { count } of this.errors.values()) sum += count;
    return sum;
  }

  #countErrors(code: string, count: number, example: string): void {
    const known = this.errors.get(code);
    if (known !== undefined) known.count += count;
    else this.errors.set(code, { count, example });
  }
}

/** A tally as another thread tells it. */
export interface TallyTold {
  readonly connects: OutcomesTold;
  readonly rounds: OutcomesTold;
  readonly calls: ReadonlyMap<string, OutcomesTold>;
  readonly sent: ReadonlyMap<string, number>;
  readonly pushes: ReadonlyMap<string, number>;
  readonly loopDelays: Histogram;
  readonly connected: number;
  readonly lost: number;
  readonly late: number;
}

/** What bots did, counted. */
export class Tally implements TallyTold {
  readonly connects = new Outcomes();
  /** Rounds; their errors are those of the scenario itself, not of its calls. */
  readonly rounds = new Outcomes();
  /** By `<Module>.<method>`. */
  readonly calls = new Map<string, Outcomes>();
  /** One-way calls. */
  readonly sent = new Map<string, number>();
  readonly pushes = new Map<string, number>();
  /** How late the event loop of the bots was. */
  readonly loopDelays = createTimes();
  /** Bots that are connected now. */
  connected = 0;
  /** How often a connection was lost. */
  lost = 0;
  /** Rounds that should have begun and never did, because no bot was free. */
  late = 0;
  /** Whether nothing counts any more, because everything is being ended. */
  isClosed = false;

  callsOf(route: string): Outcomes {
    let outcomes = this.calls.get(route);
    if (outcomes === undefined) {
      outcomes = new Outcomes();
      this.calls.set(route, outcomes);
    }
    return outcomes;
  }

  countSent(route: string): void {
    increase(this.sent, route, 1);
  }

  countPush(route: string): void {
    if (!this.isClosed) increase(this.pushes, route, 1);
  }

  /** Adds what another thread has counted. Percentiles stay exact: it adds what they are taken from. */
  add(told: TallyTold): void {
    this.connects.add(told.connects);
    this.rounds.add(told.rounds);
    for (const [route, outcomes] of told.calls) this.callsOf(route).add(outcomes);
    for (const [route, count] of told.sent) increase(this.sent, route, count);
    for (const [route, count] of told.pushes) increase(this.pushes, route, count);
    addTimes(this.loopDelays, told.loopDelays);
    this.connected += told.connected;
    this.lost += told.lost;
    this.late += told.late;
  }

  get state(): RunState {
    const { connected, failed } = this;
    let calls = 0;
    for (const outcomes of this.calls.values()) calls += outcomes.times.count + outcomes.failed;
    let pushes = 0;
    for (const count of this.pushes.values()) pushes += count;
    return { connected, calls, pushes, failed };
  }

  /** Errors of all kinds. */
  get failed(): number {
    let sum = this.connects.failed + this.rounds.failed;
    for (const outcomes of this.calls.values()) sum += outcomes.failed;
    return sum;
  }
}

function increase(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Adds times to others. Those of another thread are a plain `Histogram`, which `add` takes too, whatever its type says. */
function addTimes(times: RecordableHistogram, told: Histogram): void {
  times.add(told as RecordableHistogram);
}
