import type { JsonForm } from "./form.js";
import { isObject } from "./is-object.js";

/** Arrays of one form. */
export function array(item: JsonForm): JsonForm {
  return {
    toJson: (value) => (Array.isArray(value) ? value.map((entry) => item.toJson(entry)) : value),
    fromJson: (json) => (Array.isArray(json) ? json.map((entry) => item.fromJson(entry)) : json),
  };
}

/** Tuples: a form for each place. */
export function tuple(places: readonly JsonForm[]): JsonForm {
  return {
    toJson: (value) => (Array.isArray(value) ? places.map((form, i) => form.toJson(value[i])) : value),
    fromJson: (json) =>
      Array.isArray(json)
        ? json.map((entry, i) => {
            const form = places[i];
            return form === undefined ? entry : form.fromJson(entry);
          })
        : json,
  };
}

/** `Record<string, T>`: an object. */
export function record(value: JsonForm): JsonForm {
  return {
    toJson: (object) => mapEntries(object, (entry) => value.toJson(entry)),
    fromJson: (json) => mapEntries(json, (entry) => value.fromJson(entry)),
  };
}

function mapEntries(object: unknown, map: (entry: unknown) => unknown): unknown {
  if (!isObject(object)) return object;
  const mapped: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    // Assigned to, this key would change the prototype. On the wire no record may have it either.
    if (key !== "__proto__") mapped[key] = map(object[key]);
  }
  return mapped;
}
