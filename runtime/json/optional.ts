import type { JsonForm } from "./form.js";

/** `T | null`. */
export function nullable(form: JsonForm): JsonForm {
  return new NullableForm(form);
}

/** A class, so that an optional field can see that null is one of its values. */
export class NullableForm implements JsonForm {
  readonly #form: JsonForm;

  constructor(form: JsonForm) {
    this.#form = form;
  }

  toJson(value: unknown): unknown {
    return value === null ? null : this.#form.toJson(value);
  }

  fromJson(json: unknown): unknown {
    return json === null ? null : this.#form.fromJson(json);
  }
}

/** What may be absent, such as an optional parameter. Many JSON writers put null where nothing is. */
export function optional(form: JsonForm): JsonForm {
  if (form instanceof NullableForm) return form;
  return {
    toJson: (value) => (value === undefined ? undefined : form.toJson(value)),
    fromJson: (json) => (json === null || json === undefined ? undefined : form.fromJson(json)),
  };
}
