import type { JsonForm } from "./form.js";

// `atob` throws on anything else.
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

// Arguments of one call of `fromCharCode`: engines bound them, and this is far below.
const stride = 8192;

/** `Uint8Array`: base64. */
export const bytes: JsonForm = {
  toJson: (value) => (value instanceof Uint8Array ? encode(value) : value),
  fromJson: (json) => (typeof json === "string" && base64.test(json) ? decode(json) : json),
};

// `Buffer` would be shorter, and is not there in browsers.
function encode(value: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < value.length; i += stride) {
    binary += String.fromCharCode(...value.subarray(i, i + stride));
  }
  return btoa(binary);
}

function decode(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}
