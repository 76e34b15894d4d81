import type { Method, Module, Push } from "../model/model.js";
import type { Type } from "../model/type.js";
import { isLeaf } from "./codec/leaf.js";
import type { FileContext } from "./file-context.js";
import { argumentsName, type CodecVerb, codecConstant, codecName, pushedName, resultName } from "./naming.js";

/** Where the codecs of a type, a result or a pushed value stand. */
export interface CodecPlace {
  readonly stem: string;
  /** The codecs file. */
  readonly file: string;
  /** Whether the codecs are those of a declared type, so that none have to be emitted. */
  readonly declared: boolean;
}

export function argumentsPlace(module: Module, method: Method): CodecPlace {
  return { stem: argumentsName(module, method), file: module.file, declared: false };
}

export function resultPlace(module: Module, method: Method, type: Type, file: FileContext): CodecPlace {
  return valuePlace(resultName(module, method, type), module.file, type, file);
}

export function pushedPlace(module: Module, push: Push, file: FileContext): CodecPlace {
  return valuePlace(pushedName(module, push), module.file, push.type, file);
}

function valuePlace(stem: string, moduleFile: string, type: Type, file: FileContext): CodecPlace {
  // An enum has no codecs of its own: a value is checked where it stands.
  if (type.kind !== "ref" || isLeaf(type, file)) return { stem, file: moduleFile, declared: false };
  return { stem: type.name, file: file.declaration(type.name).file, declared: true };
}

/** The name of the codec with its three functions, imported. */
export function codecOfPlace(place: CodecPlace, file: FileContext): string {
  return file.imports.value(codecConstant(place.stem), file.generatedPath(`codecs/${place.file}`));
}

/** The name of one codec function, imported. */
export function codecFunction(place: CodecPlace, verb: CodecVerb, file: FileContext): string {
  return file.imports.value(codecName(verb, place.stem), file.generatedPath(`codecs/${place.file}`));
}
