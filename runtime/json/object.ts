import type { JsonForm } from "./form.js";
import { isObject } from "./is-object.js";
import { optional } from "./optional.js";

/**
 * Objects with named fields. Fields that are not named here are left out.
 *
 * @param optionalNames fields that may be absent; null stands for absent there, unless the field's own
 *   form is `nullable` and tells the two apart
 */
export function object(
  fields: Readonly<Record<string, JsonForm>>,
  optionalNames: readonly string[] = [],
): JsonForm {
  const forms = Object.entries(fields).map(([name, form]) => ({
    name,
    form: optionalNames.includes(name) ? optional(form) : form,
  }));
  return {
    toJson(value) {
      if (!isObject(value)) return value;
      const json: Record<string, unknown> = {};
      for (const { name, form } of forms) {
        const field = form.toJson(value[name]);
        if (field !== undefined) json[name] = field;
      }
      return json;
    },
    fromJson(json) {
      if (!isObject(json)) return json;
      const value: Record<string, unknown> = {};
      for (const { name, form } of forms) {
        // Own fields only: `{}` has no field `constructor`, whatever its prototype has.
        const field = Object.hasOwn(json, name) ? form.fromJson(json[name]) : undefined;
        if (field !== undefined) value[name] = field;
      }
      return value;
    },
  };
}
