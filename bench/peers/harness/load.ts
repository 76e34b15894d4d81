import { measureAsync } from "../../harness/measure.js";
import type { Profile } from "../../idl/bench.js";
import { profiles, rotate } from "../../sample.js";
import { type CallPlan, CallsInFlight } from "../../sides/calls-in-flight.js";
import { assertJob, type Call, type Checks } from "./assert-job.js";

/** What a side answers that calls in its own thread, one call after the other. */
export function oneByOne(call: Call) {
  const next = rotate(profiles);
  return {
    check: (checks: Checks) => assertJob(call, checks),
    run: (seconds: number) => measureAsync(seconds, () => call(next())),
  };
}

/** What a side answers that keeps calls in flight; a slot is the place of one of them. */
export function inFlight(call: (profile: Profile, slot: number) => Promise<unknown>) {
  const next = rotate(profiles);
  const load = new CallsInFlight((slot) => {
    // A call that fails ends the process, and the run with it.
    call(next(), slot).then(() => load.onAnswer(slot));
  });
  return {
    check: (checks: Checks) => assertJob((profile) => call(profile, 0), checks),
    run: (plan: CallPlan) => load.run(plan),
    cpu: () => process.cpuUsage(),
  };
}

/** The same over the connections of many clients, in turn. */
export function overConnections(connect: (url: string) => Promise<Call>) {
  const clients: Call[] = [];
  const call = (profile: Profile, connection: number): Promise<unknown> => {
    const client = clients[connection];
    if (client === undefined) throw new Error(`there is no client ${connection}`);
    return client(profile);
  };
  const next = rotate(profiles);
  return {
    async open({ url, connections }: Target): Promise<void> {
      for (let i = 0; i < connections; i++) clients.push(await connect(url));
    },
    /** One call of one client, for a recording. */
    async call(connection: number): Promise<void> {
      await call(next(), connection);
    },
    ...inFlight((profile, slot) => call(profile, slot % clients.length)),
    check: ({ checks }: { checks: Checks }) => assertJob((profile) => call(profile, 0), checks),
  };
}

/** Whom to connect to. */
export interface Target {
  readonly url: string;
  readonly connections: number;
}
