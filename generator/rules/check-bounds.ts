import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Location } from "../model/location.js";
import type { Model } from "../model/model.js";
import type { Type } from "../model/type.js";

/** What of a type a client can make as long as the gateway lets a packet be. */
interface Unbounded {
  readonly code: "IDL1601" | "IDL1602" | "IDL1603";
  readonly what: string;
  /** From the field or parameter to it. */
  readonly path: string;
}

const hints = {
  IDL1601: "add `@maxLength 200`, or write `string & MaxLength<200>`",
  IDL1602: "add `@maxItems 50`, or write `T[] & MaxItems<50>`",
  IDL1603: "use an array with `MaxItems<50>`: of entries `[key: K, value: V]` where there are keys",
} as const;

/** Strings, arrays and their like without a bound in what clients send. For `--strict` only. */
export function checkBounds(model: Model): Diagnostic[] {
  const types = new Map(model.types.map((type) => [type.name, type]));
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const open: string[] = [];
  const visit = (type: Type, at: Location, path: string) => {
    for (const { code, what, path: inside } of findUnbounded(type)) {
      const message = `a client can make ${what} as large as a packet`;
      diagnostics.push({ code, severity: "warning", at, message, path: path + inside, hint: hints[code] });
    }
    open.push(...referredTo(type));
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
    for (const part of partsOf(declaration)) visit(part.type, part.at, part.path);
  }
  return diagnostics;
}

function partsOf({ name, definition, at }: TypeDeclaration): { type: Type; at: Location; path: string }[] {
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
        ? [{ code: "IDL1601", what: "this string", path: "" }]
        : [];
    case "array": {
      const inside = below("[]", type.item);
      return type.maxItems === undefined
        ? [{ code: "IDL1602", what: "this array", path: "" }, ...inside]
        : inside;
    }
    case "tuple":
      return [
        ...(type.rest ? [{ code: "IDL1602" as const, what: "this tuple", path: "" }] : []),
        ...type.items.flatMap((item, index) => below(`[${index}]`, item.type)),
      ];
    case "record":
    case "map":
    case "set":
      return [{ code: "IDL1603", what: `this ${type.kind}`, path: "" }];
    case "bytes":
      return [{ code: "IDL1603", what: "these bytes", path: "" }];
    case "unknown":
      return [{ code: "IDL1603", what: "this value", path: "" }];
    case "nullable":
      return findUnbounded(type.type);
    default:
      return [];
  }
}

function below(step: string, type: Type): Unbounded[] {
  return findUnbounded(type).map((found) => ({ ...found, path: step + found.path }));
}

/** Whether a pattern alone bounds the length: one alternative from start to end in which nothing repeats without end. */
function isBounded(pattern: string | undefined): boolean {
  return pattern !== undefined && /^\^[^|*+]*\$$/.test(pattern) && !/\{\d+,\}/.test(pattern);
}

function referredTo(type: Type): string[] {
  switch (type.kind) {
    case "ref":
      return [type.name];
    case "array":
    case "set":
      return referredTo(type.item);
    case "map":
      return [...referredTo(type.key), ...referredTo(type.value)];
    case "record":
      return referredTo(type.value);
    case "tuple":
      return [...type.items.map((item) => item.type), ...(type.rest ? [type.rest] : [])].flatMap(referredTo);
    case "nullable":
      return referredTo(type.type);
    default:
      return [];
  }
}
