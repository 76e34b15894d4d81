import type { TypeDeclaration } from "../model/declaration.js";
import type { Model } from "../model/model.js";
import { wireName } from "../model/wire-name.js";
import { codecOfPlace } from "./codec-members.js";
import { commentBefore } from "./comment.js";
import type { FileContext } from "./file-context.js";
import { failureContractName, propertyAccess, propertyKey } from "./naming.js";
import { typeText } from "./type-text.js";
import type { FailuresView, FailureView } from "./views.js";

/** The classes of the declared failures. */
export function viewFailures(failures: readonly TypeDeclaration[], file: FileContext): FailuresView {
  for (const { name } of failures) {
    file.imports.reserve(name);
    file.imports.reserve(`${name}Fields`);
  }
  const views = failures.map((failure) => viewFailure(failure, file));
  file.imports.class("DeclaredFailure", file.door);
  file.imports.type("FailureContract", file.door);
  return { ...file.view("idl/"), failures: views };
}

export function failuresOf(model: Model): TypeDeclaration[] {
  return model.types.filter(({ failure }) => failure);
}

function viewFailure(failure: TypeDeclaration, file: FileContext): FailureView {
  const { name } = failure;
  const fields = failure.definition.kind === "object" ? failure.definition.fields : [];
  const fieldsType = `${name}Fields`;
  // The class takes the failure's name, so its interface needs another one here.
  file.imports.type(`${name} as ${fieldsType}`, file.idlPath(failure.file));
  const message = failure.doc.text.split(/(?<=\.)\s|\n/)[0] || name;
  return {
    doc: commentBefore(failure.doc),
    name,
    wireName: wireName(failure),
    fields: fields.map((field) => ({
      doc: file.form === "js" ? "" : commentBefore(field.doc, "  "),
      declaration: `${file.typed(() => "readonly ")}${propertyKey(field.name)}${file.typed(() => `${field.optional ? "?" : ""}: ${typeText(field.type, file)}`)}`,
    })),
    message: JSON.stringify(message),
    assignments: fields.map((field) => {
      const assign = `${propertyAccess("this", field.name)} = ${propertyAccess("fields", field.name)};`;
      return field.optional ? `if (${propertyAccess("fields", field.name)} !== undefined) ${assign}` : assign;
    }),
    fieldsParameter: `fields${file.typed(() => `: ${fieldsType}`)}`,
    contract: failureContractName(name),
    contractType: file.typed(() => `: FailureContract<${fieldsType}>`),
    codec: codecOfPlace({ stem: name, file: failure.file, declared: true }, file),
  };
}
