import type { JsonForm } from "./form.js";

/** `Date`: milliseconds since the epoch. */
export const date: JsonForm = {
  toJson: (value) => (value instanceof Date ? value.getTime() : value),
  fromJson: (json) => (typeof json === "number" ? new Date(json) : json),
};
