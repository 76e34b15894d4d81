import { transformSync } from "esbuild";
import { emitModel } from "../../generator/emit/emit-model.js";
import type { Model } from "../../generator/model/model.js";
import { loadTemplates } from "../../generator/templates/load-templates.js";
import * as door from "../../runtime/generated.js";

export interface DirectionCodec {
  write(value: unknown): unknown;
  read(wire: unknown): unknown;
}

const templates = loadTemplates();

/** The generated codecs of a model's only IDL file, ready to run. */
export function loadCodecs(model: Model): (stem: string) => DirectionCodec {
  const files = emitModel(model, templates, { idlFolder: "../idl", door: "antwire/generated" });
  const { code } = transformSync(files.get("codecs/edit.js") ?? "", { format: "cjs" });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  new Function("require", "module", code)(() => door, module);
  return (stem) => ({
    write: pick(module.exports, `write${stem}`),
    read: pick(module.exports, `read${stem}`),
  });
}

function pick(exports: Record<string, unknown>, name: string): (value: unknown) => unknown {
  const found = exports[name];
  if (typeof found !== "function") throw new Error(`There is no ${name}.`);
  return (value) => found(value);
}
