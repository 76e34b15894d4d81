import { array } from "./collections.js";
import type { JsonForm } from "./form.js";

/** `Map<K, V>`: an array of pairs, since JSON's objects have string keys only. */
export function map(key: JsonForm, value: JsonForm): JsonForm {
  return {
    toJson: (given) =>
      given instanceof Map ? Array.from(given, ([k, v]) => [key.toJson(k), value.toJson(v)]) : given,
    fromJson(json) {
      if (!Array.isArray(json) || !json.every(isPair)) return json;
      return new Map(json.map(([k, v]) => [key.fromJson(k), value.fromJson(v)]));
    },
  };
}

function isPair(entry: unknown): entry is [unknown, unknown] {
  return Array.isArray(entry) && entry.length === 2;
}

/** `Set<T>`: an array. */
export function set(item: JsonForm): JsonForm {
  const items = array(item);
  return {
    toJson: (given) => (given instanceof Set ? items.toJson([...given]) : given),
    fromJson(json) {
      const read = items.fromJson(json);
      return Array.isArray(read) ? new Set(read) : read;
    },
  };
}
