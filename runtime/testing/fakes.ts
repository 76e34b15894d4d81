import type { Invoker } from "../call/callees.js";
import type { MethodContract } from "../contract/method.js";
import type { ModuleContract } from "../contract/module.js";
import { RpcError } from "../error/rpc-error.js";
import { defineModule, type ModuleDefinition } from "../module/define-module.js";

/** A method as a test may fake it: the stub's parameters, and its result with or without a promise. */
type FakeMethod<Method> = Method extends (...args: infer Args) => Promise<infer Result>
  ? (...args: Args) => Result | Promise<Result>
  : Method;

/** What a test says instead of modules, by their keys and methods. What it leaves out says so when it is called. */
export type Fakes<Rpc> = {
  readonly [Module in keyof Rpc]?: {
    readonly [Method in keyof Rpc[Module]]?: FakeMethod<Rpc[Module][Method]>;
  };
};

/**
 * Makes a module of the fakes of some of its methods. Arguments and results are checked and copied as those
 * of the real one, and so is who may call.
 */
export function createFake(key: string, contract: ModuleContract, fakes: object): ModuleDefinition {
  for (const name of Object.keys(fakes)) {
    if (contract.methods[name] === undefined) {
      throw new TypeError(`fakes.${key}.${name}: the module ${contract.name} has no such method`);
    }
  }
  const handlers: Record<string, unknown> = {};
  const invokers: Record<string, Invoker> = {};
  for (const [name, method] of Object.entries(contract.methods)) {
    const fake: unknown = Reflect.get(fakes, name) ?? missing(key, method);
    if (typeof fake !== "function") throw new TypeError(`fakes.${key}.${name}: expected a function`);
    handlers[name] = fake;
    invokers[name] = (_handlers, session, args) =>
      Reflect.apply(fake, undefined, method.access === "internal" ? args : [session, ...args]);
  }
  return defineModule(contract, () => handlers, invokers);
}

function missing(key: string, { module, name }: MethodContract): () => never {
  return () => {
    throw new RpcError(
      "unimplemented",
      `${module}.${name} was called, and the test does not fake it: add it to fakes: { ${key}: { ${name}: … } }`,
    );
  };
}
