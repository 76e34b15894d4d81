import type { JsonForm } from "./form.js";
import { isObject } from "./is-object.js";

/**
 * Objects of which some fields have other names in JSON than in the program (`@was`).
 *
 * @param names in JSON, by the names in the program
 * @param form of the object by the names in the program
 */
export function renamed(names: Readonly<Record<string, string>>, form: JsonForm): JsonForm {
  const pairs = Object.entries(names);
  return {
    toJson(value) {
      const json = form.toJson(value);
      if (!isObject(json)) return json;
      const result = { ...json };
      for (const [name, before] of pairs) {
        if (!Object.hasOwn(json, name)) continue;
        delete result[name];
        result[before] = json[name];
      }
      return result;
    },
    fromJson(json) {
      if (!isObject(json)) return json;
      // The name in JSON stays beside: where a discriminant is renamed, its member renames it once more.
      const value = { ...json };
      for (const [name, before] of pairs) {
        delete value[name];
        if (Object.hasOwn(json, before)) value[name] = json[before];
      }
      return form.fromJson(value);
    },
  };
}
