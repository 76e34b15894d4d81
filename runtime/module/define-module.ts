import type { Invoker } from "../call/callees.js";
import type { ModuleContract } from "../contract/module.js";
import type { Session } from "../session/session.js";
import type { Logger } from "./logger.js";
import type { ModuleClock } from "./module-clock.js";

/** What a module's set-up function gets. */
export interface ModuleContext<Rpc, Pushes, Client extends Session = Session> {
  /** Typed stubs of all modules. Inside a handler prefer `call.rpc`, which passes on deadline and trace. */
  readonly rpc: Rpc;
  /** The name of the node that this instance runs on, for the option `node` of stubs. A thread that starts again has another. */
  readonly node: string;
  /** The module's pushes. */
  readonly push: Pushes;
  /** A logger that names the module. */
  readonly log: Logger;
  /** The time, and what to do later: what runs by it ends with the module, and tests can move it. */
  readonly clock: ModuleClock;
  /** What the config says under this module's `settings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Runs before the first call is taken. When it throws, the application does not start. */
  onStart(step: () => void | Promise<void>): void;
  /** Runs after the last call has ended, in reverse order of starting. */
  onStop(step: () => void | Promise<void>): void;
  /** Runs after a client's session has ended. */
  onSessionEnd(step: (session: Client) => void | Promise<void>): void;
}

/** A module's set-up: it runs once at start and returns the handlers, as an object or as an instance of a class. */
export type Setup<Handlers, Rpc, Pushes, Client extends Session = Session> = (
  context: ModuleContext<Rpc, Pushes, Client>,
) => Handlers | Promise<Handlers>;

/** What a generated `define…` returns and a module file exports by default. */
export interface ModuleDefinition {
  readonly contract: ModuleContract;
  setup(context: ModuleContext<unknown, unknown>): object | Promise<object>;
  readonly invokers: Readonly<Record<string, Invoker>>;
}

/** Ties a module's set-up to its contract. Generated `define…` functions call it. */
export function defineModule<Handlers extends object, Rpc, Pushes, Client extends Session = Session>(
  contract: ModuleContract,
  setup: Setup<Handlers, Rpc, Pushes, Client>,
  invokers: Readonly<Record<string, Invoker>>,
): ModuleDefinition {
  return { contract, setup, invokers };
}
