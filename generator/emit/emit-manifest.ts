import type { Model } from "../model/model.js";

/** The model as JSON, for tools. Without the places in the IDL, which change with every line that is added above. */
export function emitManifest(model: Model): string {
  const manifest = { version: 1, ...model };
  return `${JSON.stringify(manifest, (key, value: unknown) => (key === "at" ? undefined : value), 2)}\n`;
}
