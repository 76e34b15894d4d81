import type { MethodRoute } from "../contract/route.js";
import { type Code, codes } from "../error/code.js";

/** How a call ended. */
export type Outcome = "ok" | Code;

/** Upper bounds of the times that are told apart, in milliseconds. */
export const timeBounds = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;

/** What became of the calls to one method. */
export interface MethodTally {
  /** `<Module>.<method>`; empty for calls of methods that there are not. */
  readonly method: string;
  readonly outcomes: Record<Outcome, number>;
  /** How many took no longer than each bound and longer than the one before; the last for those beyond all. */
  readonly times: number[];
  /** Milliseconds of all of them. */
  sum: number;
}

/** Counts calls by method and outcome, and how long they took. It is looked at rarely and written to at every call. */
export class CallTally {
  readonly #byRoute = new Map<MethodRoute | undefined, MethodTally>();

  /** A call has ended that a module ran. A stream takes as long as somebody listens, which says nothing. */
  ended(route: MethodRoute, outcome: Outcome, milliseconds: number): void {
    const tally = this.#find(route);
    tally.outcomes[outcome]++;
    if (route.method.kind === "stream") return;
    let i = 0;
    while (i < timeBounds.length && milliseconds > (timeBounds[i] as number)) i++; // Inside the list.
    tally.times[i] = (tally.times[i] ?? 0) + 1;
    tally.sum += milliseconds;
  }

  /**
   * A call was answered without a module.
   *
   * @param route undefined where there is none
   */
  refused(route: MethodRoute | undefined, code: Code): void {
    this.#find(route).outcomes[code]++;
  }

  all(): readonly MethodTally[] {
    return [...this.#byRoute.values()];
  }

  #find(route: MethodRoute | undefined): MethodTally {
    let tally = this.#byRoute.get(route);
    if (tally === undefined) {
      tally = createTally(route);
      this.#byRoute.set(route, tally);
    }
    return tally;
  }
}

function createTally(route: MethodRoute | undefined): MethodTally {
  const outcomes = Object.fromEntries(["ok", ...codes].map((outcome) => [outcome, 0]));
  return {
    method: route === undefined ? "" : `${route.method.module}.${route.method.name}`,
    outcomes: outcomes as Record<Outcome, number>, // Made from the list of all.
    times: new Array<number>(timeBounds.length + 1).fill(0),
    sum: 0,
  };
}
