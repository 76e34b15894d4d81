import type { MethodContract } from "../contract/method.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import type { Call } from "./call.js";

interface Invocation {
  invoke(handlers: object, session: Session | undefined, args: readonly unknown[], call: Call): unknown;
}

/**
 * Runs one method of the handlers; generated, one for each method. Taken from a method signature because
 * TypeScript compares those bivariantly: the generated function names the types that the core has made
 * sure of (the handlers of this module, a session with a user, checked arguments).
 */
export type Invoker = Invocation["invoke"];

/** A method that runs here. */
export interface Callee {
  readonly method: MethodContract;
  readonly handlers: object;
  readonly invoke: Invoker;
}

/** The methods that run in this thread. */
export class Callees {
  // By the contract itself, which stub and skeleton share: one look-up, and no string to put together.
  readonly #callees = new Map<MethodContract, Callee>();
  readonly #modules = new Set<string>();

  /** Takes calls to a module from now on. */
  open(module: string, callees: readonly Callee[]): void {
    this.#modules.add(module);
    for (const callee of callees) this.#callees.set(callee.method, callee);
  }

  /** Takes no more calls to a module. */
  close(module: string): void {
    this.#modules.delete(module);
    for (const method of this.#callees.keys()) {
      if (method.module === module) this.#callees.delete(method);
    }
  }

  has(method: MethodContract): boolean {
    return this.#callees.has(method);
  }

  /** Throws `unavailable` where the module does not run here, `unimplemented` where it has no such method. */
  find(method: MethodContract): Callee {
    return this.#callees.get(method) ?? this.#missing(method);
  }

  #missing({ module, name }: MethodContract): never {
    if (!this.#modules.has(module)) throw new RpcError("unavailable", `The module ${module} is not running`);
    throw new RpcError("unimplemented", `The module ${module} has no method ${name}`);
  }
}
