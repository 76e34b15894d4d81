import { camelCase, pascalCase } from "../model/letter-case.js";
import type { Method, Module, Push } from "../model/model.js";
import type { Type } from "../model/type.js";

// All names in generated code are made here, so that two emitters never disagree about one.

export { camelCase, pascalCase };

/** `MatchMaker` -> `match-maker`: names of files. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

export type CodecVerb = "write" | "read" | "copy";

export const codecName = (verb: CodecVerb, type: string): string => verb + pascalCase(type);

/** The function that only says whether a value fits: `isLine`. */
export const guardName = (type: string): string => `is${pascalCase(type)}`;

/** The same for a value inside others, of a type whose values nest without bound: `fitsTree`. */
export const innerGuardName = (type: string): string => `fits${pascalCase(type)}`;

/** The constant with the three functions of a stem: `lineCodec`. */
export const codecConstant = (stem: string): string => `${camelCase(stem)}Codec`;

/** The stem of the codecs of a method's arguments: `ChatSayArguments`. */
export const argumentsName = (module: Module, method: Method): string =>
  `${module.name}${pascalCase(method.name)}Arguments`;

/** The stem of the codecs of a method's result: `ChatJoinResult`. */
export const resultName = (module: Module, method: Method, type: Type): string =>
  `${module.name}${pascalCase(method.name)}Result${orNull(type)}`;

/** The stem of the codecs of a pushed value: `ArenaMovedValue`. */
export const pushedName = (module: Module, push: Push): string =>
  `${module.name}${pascalCase(push.name)}Value${orNull(push.type)}`;

/** What may be null is called after what it is otherwise, which has codecs of its own where it has no name. */
const orNull = ({ kind }: Type): string => (kind === "nullable" ? "OrNull" : "");

/** The constant that describes a method or a push: `chatJoin`. */
export const contractName = (module: Module, member: Method | Push): string =>
  camelCase(module.name) + pascalCase(member.name);

/** The constant that describes a module: `chatContract`. */
export const moduleContractName = (module: Module): string => `${camelCase(module.name)}Contract`;

/** The constant that describes a failure: `roomFullContract`. */
export const failureContractName = (failure: string): string => `${camelCase(failure)}Contract`;

/** The constant with the JSON form of a type: `lineForm`. */
export const formName = (type: string): string => `${camelCase(type)}Form`;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A property as it stands in an object literal or an interface. */
export function propertyKey(name: string): string {
  // Written out it would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return identifier.test(name) ? name : JSON.stringify(name);
}

/** A property of a value. */
export function propertyAccess(value: string, name: string): string {
  return identifier.test(name) ? `${value}.${name}` : `${value}[${JSON.stringify(name)}]`;
}
