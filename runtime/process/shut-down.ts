import type { CallCore } from "../call/call-core.js";
import type { LocalDispatcher } from "../call/local-dispatcher.js";
import type { Cleanup } from "../config/config.js";
import { RpcError } from "../error/rpc-error.js";
import type { Gateway } from "../gateway/gateway.js";
import type { LifeCycle } from "../module/life-cycle.js";
import type { Logger } from "../module/logger.js";
import { within } from "../module/within.js";

/** What an application is made of. */
export interface Parts {
  readonly core: CallCore;
  readonly dispatcher: LocalDispatcher;
  readonly gateway: Gateway;
  readonly lifeCycle: LifeCycle;
  /** How long a stop waits for calls in flight, in milliseconds. */
  readonly grace: number;
  readonly log: Logger;
}

/** Milliseconds that one step of stopping may take, whatever the grace of calls is. */
export const stepLimit = 10_000;

/**
 * Stops an application, however far its start has come. Goes on where something fails or takes longer
 * than it may, and resolves with what went wrong.
 *
 * The sessions end before the modules stop, so that modules hear of the end of each: many keep what a
 * player has until then.
 */
export async function shutDown(parts: Parts, cleanup: Cleanup | undefined): Promise<readonly Error[]> {
  const { dispatcher, gateway, lifeCycle } = parts;
  const errors: Error[] = [];

  async function attempt(what: string, step: () => void | Promise<void>): Promise<void> {
    try {
      await within(stepLimit, step, `It took longer than ${stepLimit} ms`);
    } catch (cause) {
      errors.push(new Error(`${what} failed`, { cause }));
    }
  }

  await attempt("Closing the ports", () => gateway.stopAccepting());
  dispatcher.stop();
  if (cleanup !== undefined) await attempt("What onReady returned", cleanup);
  await endCalls(parts);
  await attempt("Ending the sessions", () => gateway.close());
  await attempt("What modules do at the end of a session", () => lifeCycle.sessionsEnded());
  errors.push(...(await lifeCycle.stop()));
  return errors;
}

async function endCalls({ core, grace, log }: Parts): Promise<void> {
  try {
    await within(grace, () => core.idle(), "late");
  } catch {
    // Being idle never fails: it can only take too long.
    log.warn(`Calls that took longer than ${grace} ms were ended with the server`);
    core.interruptAll(new RpcError("unavailable", "The server is stopping"));
  }
}
