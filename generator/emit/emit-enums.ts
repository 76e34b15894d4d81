import type { Model } from "../model/model.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { propertyKey } from "./naming.js";
import type { EnumsView } from "./views.js";

/** The run-time values of the enums that the IDL declares. */
export function viewEnums(model: Model, file: FileContext): EnumsView {
  const enums = model.types.flatMap(({ definition, name, doc }) => {
    if (definition.kind !== "enum") return [];
    const alias = `Idl${name}`;
    file.imports.type(`${name} as ${alias}`, file.idlPath(definition.name.file));
    const members = definition.members.map((member) => ({
      doc: commentBefore(member.doc, "  "),
      entry: `${propertyKey(member.name)}: ${JSON.stringify(member.value)}`,
    }));
    // The values of a `const enum` that is only declared are out of reach of `typeof`.
    const type = definition.isConst
      ? breakList(
          "{ ",
          definition.members.map(({ name }) => `readonly ${propertyKey(name)}: ${memberType(alias, name)}`),
          " }",
        )
      : `typeof ${alias}`;
    const asserted = file.typed(() => ` as unknown as ${type}`);
    const [typed, plain] = [file.form === "ts", file.form === "js"];
    return [{ doc: commentBefore(doc), name, alias, type, asserted, members, typed, plain }];
  });
  return { ...file.view("idl/"), enums };
}

function memberType(alias: string, name: string): string {
  return propertyKey(name) === name ? `${alias}.${name}` : `(typeof ${alias})[${JSON.stringify(name)}]`;
}
