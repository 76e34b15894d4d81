import type { JsonForm } from "./form.js";

/** A form that is looked up when it is used, for types that contain themselves. */
export function lazy(form: () => JsonForm): JsonForm {
  return {
    toJson: (value) => form().toJson(value),
    fromJson: (json) => form().fromJson(json),
  };
}
