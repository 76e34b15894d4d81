import type { JsonForm } from "./form.js";
import { isObject } from "./is-object.js";

/**
 * A union of objects that one field tells apart.
 *
 * @param forms by the value of that field
 */
export function discriminated(field: string, forms: Readonly<Record<string, JsonForm>>): JsonForm {
  const byValue = new Map(Object.entries(forms));
  const find = (value: unknown): JsonForm | undefined => {
    if (!isObject(value) || !Object.hasOwn(value, field)) return undefined;
    const found = value[field];
    // An object's `toString` may be anything that a stranger's JSON says.
    return typeof found === "object" ? undefined : byValue.get(String(found));
  };
  return {
    toJson: (value) => find(value)?.toJson(value) ?? value,
    fromJson: (json) => find(json)?.fromJson(json) ?? json,
  };
}

/** What JavaScript can tell apart without looking inside, and what each looks like in JSON. */
const looks = {
  string: "string",
  number: "number",
  boolean: "boolean",
  bigint: "string",
  Date: "number",
  Uint8Array: "string",
  array: "array",
  Map: "array",
  Set: "array",
  object: "object",
} as const;

type Kind = keyof typeof looks;

/**
 * A union whose members JavaScript tells apart by `typeof` or class. Where JSON cannot, as with
 * `Date | number`, the members that look alike travel as `{"is": "Date", "value": …}`.
 *
 * @param forms by the kind of value
 */
export function union(forms: { readonly [K in Kind]?: JsonForm }): JsonForm {
  const kinds = Object.keys(forms);
  const isAlike = (kind: string) => kinds.some((other) => other !== kind && lookOf(other) === lookOf(kind));
  const someAreAlike = kinds.some(isAlike);
  const tagged = new Map<string, JsonForm>();
  const bare = new Map<string, JsonForm>();
  for (const [kind, form] of Object.entries(forms)) {
    // Beside tagged members an object is tagged too, or it could be taken for one of them.
    if (isAlike(kind) || (someAreAlike && kind === "object")) tagged.set(kind, form);
    else bare.set(lookOf(kind), form);
  }
  return {
    toJson(value) {
      const kind = kindOf(value);
      const form = tagged.get(kind);
      if (form !== undefined) return { is: kind, value: form.toJson(value) };
      return bare.get(lookOf(kind))?.toJson(value) ?? value;
    },
    fromJson(json) {
      if (someAreAlike && isObject(json)) {
        const form = typeof json.is === "string" ? tagged.get(json.is) : undefined;
        return form === undefined ? json : form.fromJson(json.value);
      }
      return bare.get(kindOf(json))?.fromJson(json) ?? json;
    },
  };
}

function kindOf(value: unknown): string {
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  if (Array.isArray(value)) return "array";
  if (value instanceof Map) return "Map";
  if (value instanceof Set) return "Set";
  return value === null ? "null" : typeof value;
}

function lookOf(kind: string): string {
  return kind in looks ? looks[kind as Kind] : kind;
}
