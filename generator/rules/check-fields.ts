import type { Diagnostic } from "../model/diagnostic.js";
import type { Model } from "../model/model.js";

/** `{ __proto__: x }` sets an object's prototype instead of a field. */
export function checkFields(model: Model): Diagnostic[] {
  return model.types.flatMap(({ name, definition }) =>
    definition.kind !== "object"
      ? []
      : definition.fields
          .filter((field) => field.name === "__proto__")
          .map((field) => ({
            code: "IDL1302" as const,
            at: field.at,
            message: "__proto__ has a meaning of its own on every object",
            path: `${name}.__proto__`,
            hint: "choose another name",
          })),
  );
}
