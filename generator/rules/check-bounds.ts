import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Location } from "../model/location.js";
import type { Model } from "../model/model.js";
import { namesIn } from "../model/names-in.js";
import type { Type } from "../model/type.js";

/** What of a type a client can make as long as the gateway lets a packet be. */
interface Unbounded {
  readonly code: "IDL1601" | "IDL1602" | "IDL1603";
  readonly what: string;
  readonly hint: string;
  /** From the field or parameter to it. */
  readonly path: string;
}

/** Strings, arrays and their like without a bound in what clients send. For `--strict` only. */
export function checkBounds(model: Model): Diagnostic[] {
  const types = new Map(model.types.map((type) => [type.name, type]));
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const open: string[] = [];
  const visit = (type: Type, at: Location, path: string) => {
    for (const { code, what, hint, path: inside } of findUnbounded(type)) {
      const message = `a client can make ${what} as large as a packet`;
      diagnostics.push({ code, severity: "warning", at, message, path: path + inside, hint });
    }
    open.push(...namesIn(type));
  };
  for (const { name, methods } of model.modules) {
    for (const method of methods) {
      if (method.access === "internal") continue;
      for (const parameter of method.parameters) {
        visit(parameter.type, parameter.at, `${name}.${method.name} -> ${parameter.name}`);
      }
    }
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const declaration = types.get(name);
    if (!declaration || seen.has(name)) continue;
    seen.add(name);
    for (const part of membersOf(declaration)) visit(part.type, part.at, part.path);
  }
  return diagnostics;
}

function membersOf({ name, definition, at }: TypeDeclaration): { type: Type; at: Location; path: string }[] {
  switch (definition.kind) {
    case "object":
      return definition.fields.map((field) => ({
        type: field.type,
        at: field.at,
        path: `${name}.${field.name}`,
      }));
    case "union":
      return definition.members.map((member) => ({ type: member.type, at, path: `${name}<${member.key}>` }));
    case "enum":
      return [];
  }
}

/** What of a type has no bound, from the outside to the inside; declared types are looked at on their own. */
function findUnbounded(type: Type): Unbounded[] {
  switch (type.kind) {
    case "string":
      return type.maxLength === undefined && !isBounded(type.pattern)
        ? [found("IDL1601", "this string", "bound it: `string & MaxLength<200>`")]
        : [];
    case "array": {
      const itself = found("IDL1602", "this array", "bound it: `T[] & MaxItems<50>`");
      return [...(type.maxItems === undefined ? [itself] : []), ...below("[]", type.item)];
    }
    case "tuple":
      return [
        ...(type.rest
          ? [found("IDL1602", "this tuple", "put the rest into an array with `MaxItems<50>`")]
          : []),
        ...type.items.flatMap((item, index) => below(`[${index}]`, item.type)),
      ];
    case "record":
    case "map":
      return [
        found(
          "IDL1603",
          `this ${type.kind}`,
          "use an array of entries: `[key: K, value: V][] & MaxItems<50>`",
        ),
      ];
    case "set":
      return [found("IDL1603", "this set", "use an array: `T[] & MaxItems<50>`")];
    case "bytes":
      return [
        found(
          "IDL1603",
          "these bytes",
          "use a string of base64 with `MaxLength<200>`, or an array of `uint8`",
        ),
      ];
    case "unknown":
      return [found("IDL1603", "this value", "name a type that has bounds")];
    case "nullable":
      return findUnbounded(type.type);
    default:
      return [];
  }
}

function found(code: Unbounded["code"], what: string, hint: string): Unbounded {
  return { code, what, hint, path: "" };
}

function below(step: string, type: Type): Unbounded[] {
  return findUnbounded(type).map((inside) => ({ ...inside, path: step + inside.path }));
}

/** Whether a pattern alone bounds the length: one alternative from start to end in which nothing repeats without end. */
function isBounded(pattern: string | undefined): boolean {
  return pattern !== undefined && /^\^[^|*+]*\$$/.test(pattern) && !/\{\d+,\}/.test(pattern);
}
