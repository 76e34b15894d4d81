import type { Callee, Callees } from "../call/callees.js";
import type { Session } from "../session/session.js";
import type { HostedModule } from "./host.js";
import { within } from "./within.js";

/** What a life cycle needs. */
export interface LifeCycleOptions {
  /** In the order of starting. */
  readonly modules: readonly HostedModule[];
  /** Where modules that have started take calls. */
  readonly callees: Callees;
  /** How long one step of stopping may take, in milliseconds. */
  readonly stepLimit: number;
}

/** Starts and stops modules together. */
export class LifeCycle {
  readonly #modules: readonly HostedModule[];
  readonly #callees: Callees;
  readonly #stepLimit: number;
  readonly #begun: HostedModule[] = [];
  readonly #endings = new Set<Promise<void>>();

  constructor({ modules, callees, stepLimit }: LifeCycleOptions) {
    this.#modules = modules;
    this.#callees = callees;
    this.#stepLimit = stepLimit;
  }

  /**
   * Sets all modules up, then starts one after the other. A module takes calls once it has started, so one
   * that starts may call those before it. Where one fails, all are stopped again and this rejects.
   */
  async start(): Promise<void> {
    const ready: [HostedModule, readonly Callee[]][] = [];
    for (const module of this.#modules) {
      // Before its set-up: what that has opened when it throws is closed by the steps it has registered.
      this.#begun.push(module);
      ready.push([module, await this.#orStopAll(module, () => module.setUp())]);
    }
    for (const [module, callees] of ready) {
      for (const step of module.startSteps) await this.#orStopAll(module, step);
      this.#callees.open(module.name, callees);
    }
  }

  /**
   * Stops what was begun, in reverse order, and goes on where a step fails or takes longer than it may.
   * Resolves with what went wrong.
   */
  async stop(): Promise<readonly Error[]> {
    const errors: Error[] = [];
    for (let module = this.#begun.pop(); module !== undefined; module = this.#begun.pop()) {
      this.#callees.close(module.name);
      for (const step of module.stopSteps.toReversed()) {
        try {
          await within(this.#stepLimit, step, `A step took longer than ${this.#stepLimit} ms`);
        } catch (cause) {
          errors.push(new Error(`The module ${module.name} did not stop cleanly`, { cause }));
        }
      }
    }
    return errors;
  }

  /** Tells the modules that a session has ended. */
  sessionEnded(session: Session): void {
    const ending = this.#endSession(session);
    this.#endings.add(ending);
    ending.then(() => this.#endings.delete(ending));
  }

  /** Resolves once the modules are done with all sessions that have ended. */
  async sessionsEnded(): Promise<void> {
    while (this.#endings.size > 0) await Promise.all(this.#endings);
  }

  async #orStopAll<T>(module: HostedModule, step: () => T | Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (cause) {
      const errors = await this.stop();
      for (const err of errors) module.log.error({ err }, err.message);
      throw new Error(`The module ${module.name} did not start`, { cause });
    }
  }

  async #endSession(session: Session): Promise<void> {
    for (const module of this.#modules) {
      for (const step of module.sessionEndSteps) {
        try {
          await step(session);
        } catch (err) {
          module.log.error({ err, session: session.id }, `${module.name} failed at the end of a session`);
        }
      }
    }
  }
}
