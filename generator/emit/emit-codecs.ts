import type { Model } from "../model/model.js";
import { argumentCodecs, type CodecGroup, declarationCodecs, valueCodecs } from "./codec/codec-functions.js";
import { argumentsPlace, pushedPlace, resultPlace } from "./codec-members.js";
import type { FileContext } from "./file-context.js";
import { codecConstant, guardName } from "./naming.js";
import { declaredTypeText } from "./type-text.js";
import type { CodecsView } from "./views.js";

/** The codecs of all types and members that one IDL file declares. */
export function viewCodecs(model: Model, idlFile: string, file: FileContext): CodecsView {
  file.imports.reserve("Codec");
  const isDeclared = file.form === "d.ts";
  const codecs = isDeclared ? declaredCodecs(model, idlFile, file) : [];
  const guards = isDeclared ? declaredGuards(model, idlFile, file) : [];
  const groups = isDeclared ? [] : codecGroups(model, idlFile, file);
  const patterns = file.patternLines();
  return {
    ...file.view(`idl/${idlFile}.d.ts`),
    hasPatterns: patterns.length > 0,
    patterns,
    codecs,
    guards,
    groups,
  };
}

/** Whether a file of the IDL has something to be checked where it stands, and not enums alone. */
export function hasCodecs({ modules, types }: Model): boolean {
  return (
    types.some(({ definition }) => definition.kind !== "enum") ||
    modules.some(
      ({ methods, pushes }) =>
        pushes.length > 0 || methods.some(({ parameters, result }) => parameters.length > 0 || result),
    )
  );
}

/** What the declarations tell: codecs of the types that have names. Those of members are reached by contracts. */
function declaredCodecs(model: Model, idlFile: string, file: FileContext): string[] {
  return model.types
    .filter((type) => type.file === idlFile && type.definition.kind !== "enum")
    .map((type) => {
      const codec = file.imports.type("Codec", file.door);
      return `${codecConstant(type.name)}: ${codec}<${declaredTypeText(type, file)}>`;
    });
}

/** Guards are for people, who look for what they gave a name. */
function declaredGuards(model: Model, idlFile: string, file: FileContext): string[] {
  return model.types
    .filter(({ file, definition, written }) => file === idlFile && definition.kind !== "enum" && written)
    .map((type) => `${guardName(type.name)}(value: unknown): value is ${declaredTypeText(type, file)}`);
}

function codecGroups(model: Model, idlFile: string, file: FileContext): CodecGroup[] {
  const groups: CodecGroup[] = [];
  for (const type of model.types) {
    const group = type.file === idlFile && declarationCodecs(type, file);
    if (group) groups.push(group);
  }
  for (const module of model.modules) {
    if (module.file !== idlFile) continue;
    for (const method of module.methods) {
      if (method.parameters.length > 0) {
        groups.push(argumentCodecs(argumentsPlace(module, method).stem, method, file));
      }
      if (!method.result) continue;
      const place = resultPlace(module, method, method.result, file);
      if (!place.declared) groups.push(valueCodecs(place.stem, method.result, file));
    }
    for (const push of module.pushes) {
      const place = pushedPlace(module, push, file);
      if (!place.declared) groups.push(valueCodecs(place.stem, push.type, file));
    }
  }
  return groups;
}
