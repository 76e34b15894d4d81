import type { Lock } from "../lock/lock.js";
import type { Shape } from "../lock/shape.js";
import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Location } from "../model/location.js";
import type { Method, Model, Module } from "../model/model.js";
import { type Named, wireName } from "../model/wire-name.js";

/** Things whose names have to differ on the wire. */
interface Scope {
  readonly things: readonly (Named & { readonly at: Location })[];
  /** What is before the names in messages: `Chat.`. */
  readonly prefix: string;
  /** Whether the lock knows something by a name; undefined where it is too old to tell. */
  readonly isKnown: ((name: string) => boolean) | undefined;
}

/** Looks whether each `@was` names what was there before, and nothing else goes by that name. */
export function checkWas(model: Model, lock: Lock): Diagnostic[] {
  // Most applications renamed nothing, and looking closer takes a while.
  if (!renames(model)) return [];
  const scopes = scopesOf(model, lock);
  const known = knownRenames(scopes);
  const found = new Map<string, Diagnostic>();
  for (const scope of scopes) {
    const seen = new Set<string>();
    for (const { name, was, at } of scope.things) {
      if (was === undefined) continue;
      const rename = `${was} ${name}`;
      const problem = findProblem(was, scope, seen) ?? findUnknown(was, scope, known.has(rename));
      seen.add(was);
      if (!problem) continue;
      found.set(`${placeOf(at)} ${rename}`, { code: "IDL1501", at, path: scope.prefix + name, ...problem });
    }
  }
  return [...found.values()];
}

function renames({ modules, types }: Model): boolean {
  const isRenamed = ({ was }: { readonly was?: string }) => was !== undefined;
  return (
    types.some(
      (type) =>
        isRenamed(type) || (type.definition.kind === "object" && type.definition.fields.some(isRenamed)),
    ) ||
    modules.some(
      (module) =>
        [module, ...module.methods, ...module.pushes].some(isRenamed) ||
        module.methods.some(({ parameters }) => parameters.some(isRenamed)),
    )
  );
}

/**
 * Old and new names of what the lock knows. By inheritance and types such as `Pick` the same may be part of
 * others, which are new.
 */
function knownRenames(scopes: readonly Scope[]): Set<string> {
  return new Set(
    scopes.flatMap(({ things, isKnown }) =>
      things.flatMap(({ name, was }) => (was !== undefined && isKnown?.(was) ? [`${was} ${name}`] : [])),
    ),
  );
}

function placeOf({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

type Problem = Pick<Diagnostic, "message" | "hint">;

function findProblem(was: string, { things, prefix }: Scope, seen: ReadonlySet<string>): Problem | undefined {
  const name = prefix + was;
  if (things.some((other) => other.name === was)) {
    return { message: `${name} is still there`, hint: "remove @was, or the declaration that has that name" };
  }
  if (seen.has(was)) {
    return { message: `${name} was renamed to something else already`, hint: "remove one of the two @was" };
  }
  return undefined;
}

function findUnknown(was: string, { prefix, isKnown }: Scope, elsewhere: boolean): Problem | undefined {
  if (elsewhere || isKnown?.(was) !== false) return undefined;
  const hint = "write the first name that it had: `antwire.lock.json` has it; what is new needs no @was";
  return { message: `there never was a ${prefix}${was}`, hint };
}

function scopesOf(model: Model, { types, shipped }: Lock): Scope[] {
  const members = shipped && Object.entries({ ...shipped.methods, ...shipped.pushes });
  const wireNames = members && new Set(members.map(([name, { was }]) => was ?? name));
  const modules = wireNames && new Set([...wireNames].map((name) => name.split(".")[0]));
  const shippedTypes = new Set(Object.entries(shipped?.types ?? {}).map(([name, { was }]) => was ?? name));
  const isKnownType = (name: string) => Object.hasOwn(types, name) || shippedTypes.has(name);
  return [
    { things: model.modules, prefix: "", isKnown: modules && ((name) => modules.has(name)) },
    ...model.modules.map((module) => ({
      things: [...module.methods, ...module.pushes],
      prefix: `${module.name}.`,
      isKnown: wireNames && ((name: string) => wireNames.has(`${wireName(module)}.${name}`)),
    })),
    { things: distinct(model.types).map(asInSource), prefix: "", isKnown: isKnownType },
    ...model.modules.flatMap((module) =>
      module.methods.map((method) => parametersOf(module, method, shipped)),
    ),
    ...model.types.flatMap(({ name, lockName, definition }) =>
      definition.kind !== "object"
        ? []
        : [
            {
              things: definition.fields,
              prefix: `${name}.`,
              isKnown: (field: string) => types[lockName]?.includes(field) ?? false,
            },
          ],
    ),
  ];
}

function parametersOf(module: Module, method: Method, shipped: Lock["shipped"]): Scope {
  const fullName = `${wireName(module)}.${wireName(method)}`;
  return {
    things: method.parameters,
    prefix: `${module.name}.${method.name}.`,
    isKnown: shipped && ((name) => shippedParameters(shipped, fullName).includes(name)),
  };
}

function shippedParameters({ methods }: Shape, fullName: string): string[] {
  const known = Object.entries(methods).find(([name, { was }]) => (was ?? name) === fullName);
  return known?.[1].parameters.map((one) => ("gone" in one ? one.gone : wireName(one))) ?? [];
}

/** Instantiations of one generic are one type here. */
function distinct(types: readonly TypeDeclaration[]): TypeDeclaration[] {
  return [...new Map(types.map((type) => [`${type.lockName} ${placeOf(type.at)}`, type])).values()];
}

/** What `@was` does not rename has the same name in the lock as in the source; an instantiation has not. */
function asInSource({ name, was, lockName, at }: TypeDeclaration): Scope["things"][number] {
  return was === undefined ? { name: lockName, at } : { name, was, at };
}
