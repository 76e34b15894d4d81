import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { CallMaker, CallRecord } from "./call-record.js";
import { callModules, deadline } from "./callers.js";
import type { Cluster } from "./cluster.js";
import { describeFigures, figuresOf } from "./figures.js";
import { Load } from "./load.js";
import { findWrongRuns } from "./runs.js";

/** What is done to a cluster under load. */
export interface Trial {
  readonly title: string;
  /** Codes that calls may end with. */
  readonly codes: readonly string[];
  /** How calls are made; default: from this process. */
  readonly call?: CallMaker;
  /** Does the harm; the load goes on. */
  harm(): Promise<void>;
  /** Milliseconds of load after the harm was done; default 2,000. */
  readonly afterwards?: number;
}

/** What became of the calls. */
export interface Outcome {
  readonly calls: readonly CallRecord[];
  readonly failed: readonly CallRecord[];
}

/** Milliseconds that a machine which has much else to do may add. */
const slack = 1_000;

/** Milliseconds in which all calls must succeed again. On a quiet machine it is two seconds at most. */
const backWithin = 10_000;

/** Does harm to a cluster under load, prints the figures, and checks what must hold whatever the harm is. */
export async function tryOut(cluster: Cluster, trial: Trial): Promise<Outcome> {
  const load = new Load(trial.call ?? callModules(cluster.rpc));
  await sleep(1_000);
  const began = performance.now();
  await trial.harm();
  const harm = { began, ended: performance.now() };
  await sleep(trial.afterwards ?? 2_000);
  const result = await load.stop();
  const figures = figuresOf(result, harm);
  console.log(describeFigures(trial.title, figures));

  const { calls, longestStall } = result;
  expect(figures.perSecond).toBeGreaterThan(2_000);
  expect(figures.backAfter).toBeLessThan(backWithin);
  expect(figures.longestCall).toBeLessThan(deadline + slack + longestStall);
  const failed = calls.filter(({ hasFailed }) => hasFailed);
  expect(failed.filter(({ outcome }) => !trial.codes.includes(outcome)).slice(0, 10)).toEqual([]);
  expect(await findWrongRuns(cluster.runs, calls)).toEqual([]);
  return { calls, failed };
}
