import type { Method, Model, Module } from "../model/model.js";
import { namesReached } from "../model/names-in.js";

/** The methods that clients can call: those with a session. */
export function reachableMethods(model: Model): { module: Module; method: Method }[] {
  return model.modules.flatMap((module) => methodsOf(module).map((method) => ({ module, method })));
}

/** Names of the declared types that clients send or get, directly or inside others. */
export function reachableTypes(model: Model): ReadonlySet<string> {
  const open = model.modules.map((module) => ({ ...module, methods: methodsOf(module) }));
  return namesReached(open, model.types);
}

function methodsOf({ methods }: Module): Method[] {
  return methods.filter(({ access }) => access !== "internal");
}
