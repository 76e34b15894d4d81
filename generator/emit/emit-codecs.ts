import type { Model } from "../model/model.js";
import {
  argumentCodecs,
  type CodecFunction,
  declarationCodecs,
  valueCodecs,
} from "./codec/codec-functions.js";
import { argumentsPlace, pushedPlace, resultPlace } from "./codec-members.js";
import type { FileContext } from "./file-context.js";
import type { CodecsView } from "./views.js";

/** The codecs of all types and members that one IDL file declares. */
export function viewCodecs(model: Model, idlFile: string, file: FileContext): CodecsView {
  const functions: CodecFunction[] = [];
  for (const type of model.types) {
    if (type.file === idlFile) functions.push(...declarationCodecs(type, file));
  }
  for (const module of model.modules) {
    if (module.file !== idlFile) continue;
    for (const method of module.methods) {
      if (method.parameters.length > 0) {
        functions.push(...argumentCodecs(argumentsPlace(module, method).stem, method, file));
      }
      if (!method.result) continue;
      const place = resultPlace(module, method, method.result, file);
      if (!place.declared) functions.push(...valueCodecs(place.stem, method.result, file));
    }
    for (const push of module.pushes) {
      const place = pushedPlace(module, push, file);
      if (!place.declared) functions.push(...valueCodecs(place.stem, push.type, file));
    }
  }
  const patterns = file.patternLines();
  return {
    source: `idl/${idlFile}.d.ts`,
    imports: file.imports.lines(),
    hasPatterns: patterns.length > 0,
    patterns,
    functions,
  };
}
