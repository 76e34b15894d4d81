import type { Method, Model, Module } from "../model/model.js";
import type { Type } from "../model/type.js";

/** The methods that clients can call: those with a session. */
export function reachableMethods(model: Model): { module: Module; method: Method }[] {
  return model.modules.flatMap((module) =>
    module.methods.filter((method) => method.access !== "internal").map((method) => ({ module, method })),
  );
}

/** Names of the declared types that clients send or get, directly or inside others. */
export function reachableTypes(model: Model): ReadonlySet<string> {
  const declarations = new Map(model.types.map((type) => [type.name, type]));
  const reached = new Set<string>();
  const open: string[] = [];
  for (const { method } of reachableMethods(model)) {
    for (const parameter of method.parameters) open.push(...namesIn(parameter.type));
    if (method.result) open.push(...namesIn(method.result));
    open.push(...method.failures);
  }
  for (const module of model.modules) for (const push of module.pushes) open.push(...namesIn(push.type));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const definition = declarations.get(name)?.definition;
    if (definition?.kind === "object")
      open.push(...definition.fields.flatMap((field) => namesIn(field.type)));
    if (definition?.kind === "union")
      open.push(...definition.members.flatMap((member) => namesIn(member.type)));
  }
  return reached;
}

function namesIn(type: Type): string[] {
  switch (type.kind) {
    case "array":
    case "set":
      return namesIn(type.item);
    case "tuple":
      return [...type.items.map((item) => item.type), ...(type.rest ? [type.rest] : [])].flatMap(namesIn);
    case "map":
      return [...namesIn(type.key), ...namesIn(type.value)];
    case "record":
      return namesIn(type.value);
    case "nullable":
      return namesIn(type.type);
    case "ref":
      return [type.name];
    default:
      return [];
  }
}
