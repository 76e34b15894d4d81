import type { Diagnostic } from "../model/diagnostic.js";
import type { Model } from "../model/model.js";
import { errorFields } from "./names.js";

/** A failure becomes an error class, whose fields stand beside those of every error. */
export function checkFailures(model: Model): Diagnostic[] {
  const failures = model.types.filter(({ failure }) => failure);
  return failures.flatMap(({ name, definition }) =>
    definition.kind !== "object"
      ? []
      : definition.fields
          .filter((field) => errorFields.has(field.name))
          .map((field) => ({
            code: "IDL1304" as const,
            at: field.at,
            message: `every error has a field ${field.name} already`,
            path: `${name}.${field.name}`,
            hint: "choose another name for the failure's field",
          })),
  );
}
