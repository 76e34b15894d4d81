import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { Code } from "../error/code.js";
import { RpcError } from "../error/rpc-error.js";

/** Outcomes of one thing that bots do, such as calls of one method. */
export class Outcomes {
  /** How many were answered, and how long that took, in microseconds. */
  readonly times: RecordableHistogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
  /** How many ended with a failure that the IDL declares: an answer like any other. */
  declared = 0;
  /** How many ended with an error, by code, and what one of them said. */
  readonly errors = new Map<string, { count: number; readonly example: string }>();

  /** @param milliseconds from its beginning to its end */
  succeed(milliseconds: number): void {
    this.times.record(Math.max(1, Math.round(milliseconds * 1_000)));
  }

  fail(error: unknown, milliseconds: number): void {
    if (error instanceof RpcError && error.code === "failed") {
      this.declared++;
      this.succeed(milliseconds);
      return;
    }
    const code: Code | "error" = error instanceof RpcError ? error.code : "error";
    const known = this.errors.get(code);
    if (known !== undefined) known.count++;
    else this.errors.set(code, { count: 1, example: error instanceof Error ? error.message : String(error) });
  }

  get failed(): number {
    let sum = 0;
    for (const { count } of this.errors.values()) sum += count;
    return sum;
  }
}

/** What bots did, counted. */
export class Tally {
  readonly connects = new Outcomes();
  /** Rounds; their errors are those of the scenario itself, not of its calls. */
  readonly rounds = new Outcomes();
  /** By `<Module>.<method>`. */
  readonly calls = new Map<string, Outcomes>();
  /** One-way calls. */
  readonly sent = new Map<string, number>();
  readonly pushes = new Map<string, number>();
  /** Bots that are connected now. */
  connected = 0;
  /** How often a connection was lost. */
  lost = 0;
  /** Rounds that no bot was free for when their time had come. */
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
    this.sent.set(route, (this.sent.get(route) ?? 0) + 1);
  }

  countPush(route: string): void {
    if (!this.isClosed) this.pushes.set(route, (this.pushes.get(route) ?? 0) + 1);
  }

  /** Errors of all kinds. */
  get failed(): number {
    let sum = this.connects.failed + this.rounds.failed;
    for (const outcomes of this.calls.values()) sum += outcomes.failed;
    return sum;
  }
}
