import type { TypeDeclaration } from "./model/declaration.js";
import type { Model, Module } from "./model/model.js";

/**
 * Gives back the objects of the last run for the parts of a model that say the same, so that what was made from
 * them is used again. They differ only in where they stand in the IDL, which changes with every line above:
 * what needs that looks at the model as it was read.
 */
export class KnownParts {
  #modules = new Map<string, Module>();
  #types = new Map<string, TypeDeclaration>();
  /** What a part was read as. */
  readonly #sources = new WeakMap<object, object>();

  /** @param read the same model before its places were assigned */
  recognise(model: Model, read: Model): Model {
    const modules = model.modules.map((module) => {
      const last = this.#modules.get(module.name);
      return last && (last === module || print(last) === print(module)) ? last : module;
    });
    const types = model.types.map((type, index) => this.#recogniseType(type, read.types[index]));
    this.#modules = new Map(modules.map((module) => [module.name, module]));
    this.#types = new Map(types.map((type) => [type.name, type]));
    return { modules, types };
  }

  #recogniseType(type: TypeDeclaration, source: TypeDeclaration = type): TypeDeclaration {
    const last = this.#types.get(type.name);
    // Of what was not even read again, only places can have changed.
    const isUnread = last !== undefined && this.#sources.get(last) === source;
    const known = last && (isUnread ? placesOf(last) === placesOf(type) : print(last) === print(type));
    const same = known ? last : type;
    this.#sources.set(same, source);
    return same;
  }
}

function placesOf({ definition }: TypeDeclaration): string {
  switch (definition.kind) {
    case "object":
      return definition.fields.map(({ position }) => position).join();
    case "union":
      return definition.members.map(({ position, key }) => `${position} ${key}`).join();
    case "enum":
      return "";
  }
}

function print(part: object): string {
  return JSON.stringify(part, (key, value: unknown) => (key === "at" ? undefined : value));
}
