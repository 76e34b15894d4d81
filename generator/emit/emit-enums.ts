import type { Model } from "../model/model.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { propertyKey } from "./naming.js";
import type { EnumsView } from "./views.js";

/** The run-time values of the enums that the IDL declares. */
export function viewEnums(model: Model, file: FileContext): EnumsView {
  const enums = model.types.flatMap(({ definition, name, doc, importName }) => {
    if (definition.kind !== "enum" || !importName) return [];
    const alias = `Idl${name}`;
    file.imports.type(`${name} as ${alias}`, file.idlPath(importName.file));
    const members = definition.members.map((member) => ({
      doc: commentBefore(member.doc, "  "),
      entry: `${propertyKey(member.name)}: ${JSON.stringify(member.value)}`,
    }));
    return [{ doc: commentBefore(doc), name, alias, members }];
  });
  return { source: "idl/", imports: file.imports.lines(), enums };
}
