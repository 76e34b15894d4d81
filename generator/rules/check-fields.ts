import type { Diagnostic } from "../model/diagnostic.js";
import type { Model } from "../model/model.js";

// Every object has these, so an optional field of such a name is never absent; not even TypeScript lets one
// write a value without it.
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Names of fields that JavaScript's objects have in use. */
export function checkFields(model: Model): Diagnostic[] {
  return model.types.flatMap(({ name, definition }) =>
    definition.kind !== "object"
      ? []
      : definition.fields
          // `{ __proto__: x }` sets an object's prototype instead of a field.
          .filter((field) => field.name === "__proto__" || (field.optional && inherited.has(field.name)))
          .map((field) => ({
            code: "IDL1302" as const,
            at: field.at,
            message: `${field.name} has a meaning of its own on every object`,
            path: `${name}.${field.name}`,
            hint:
              field.name === "__proto__" ? "choose another name" : "choose another name, or make it required",
          })),
  );
}
