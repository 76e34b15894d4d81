import { bytes } from "./bytes.js";
import type { JsonForm } from "./form.js";
import { isObject } from "./is-object.js";

/** `unknown`: what JSON has words for, as it is. Bytes become base64, and are read back as a string. */
export const anything: JsonForm = {
  toJson(value) {
    if (value instanceof Uint8Array) return bytes.toJson(value);
    if (Array.isArray(value)) return value.map((entry) => anything.toJson(entry));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, anything.toJson(entry)]));
  },
  fromJson: (json) => json,
};
