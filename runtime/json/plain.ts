import type { JsonForm } from "./form.js";

/** What looks in JSON as it does in JavaScript: strings, finite numbers, booleans, null, literals, enums. */
export const plain: JsonForm = {
  toJson: (value) => value,
  fromJson: (json) => json,
};
