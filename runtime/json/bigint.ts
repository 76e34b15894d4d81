import type { JsonForm } from "./form.js";

// The longest 64-bit integer has 20 characters. Longer ones would only cost time before they are refused.
const decimal = /^-?\d{1,20}$/;

/** `bigint`: a decimal string. A number is taken as well, where it is exact. */
export const bigint: JsonForm = {
  toJson: (value) => (typeof value === "bigint" ? value.toString() : value),
  fromJson(json) {
    if (typeof json === "string" && decimal.test(json)) return BigInt(json);
    return Number.isSafeInteger(json) ? BigInt(json as number) : json;
  },
};
