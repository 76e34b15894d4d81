import type { JsonForm } from "./form.js";
import { isObject } from "./is-object.js";

/** Arrays of one form. */
export function array(item: JsonForm): JsonForm {
  return {
    toJson: (value) => (Array.isArray(value) ? value.map((entry) => item.toJson(entry)) : value),
    fromJson: (json) => (Array.isArray(json) ? json.map((entry) => item.fromJson(entry)) : json),
  };
}

/**
 * Tuples: a form for each place.
 *
 * @param rest the form of what follows them
 */
export function tuple(places: readonly JsonForm[], rest?: JsonForm): JsonForm {
  const formOf = (place: number) => places[place] ?? rest;
  return {
    toJson: (value) =>
      Array.isArray(value) ? value.map((entry, i) => formOf(i)?.toJson(entry) ?? entry) : value,
    fromJson: (json) => {
      if (!Array.isArray(json)) return json;
      // A longer tail is ignored, as it is on the wire: the writer may know elements that came later.
      const known = rest === undefined ? json.slice(0, places.length) : json;
      return known.map((entry, i) => {
        const form = formOf(i);
        return form === undefined ? entry : form.fromJson(entry);
      });
    },
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
  // Assigned to, this key would change the prototype. No record may have it, and left as it is the codec refuses it.
  if (!isObject(object) || Object.hasOwn(object, "__proto__")) return object;
  const mapped: Record<string, unknown> = {};
  for (const key of Object.keys(object)) mapped[key] = map(object[key]);
  return mapped;
}
