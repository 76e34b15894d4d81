import type { TypeDeclaration } from "../model/declaration.js";
import type { Type } from "../model/type.js";
import { isLeaf } from "./codec/leaf.js";
import { camelCase, guardName } from "./naming.js";

/** More levels than anybody declares one inside the other, and fewer than the runtime lets values nest. */
const mostLevels = 32;

/** The model's types by name, and how deep their values nest. */
export class TypeTable {
  readonly #types: ReadonlyMap<string, TypeDeclaration>;
  /** What is being counted has no end until it is counted: whoever meets it again has found a circle. */
  readonly #levels = new Map<string, number>();

  constructor(types: readonly TypeDeclaration[]) {
    this.#types = new Map(types.map((type) => [type.name, type]));
  }

  find(name: string): TypeDeclaration | undefined {
    return this.#types.get(name);
  }

  declaration(name: string): TypeDeclaration {
    const found = this.#types.get(name);
    if (!found) throw new Error(`The model refers to ${name}, which is not in its table of types.`);
    return found;
  }

  /** Whether a type of the table has a guard of that name. */
  hasGuard(name: string): boolean {
    const type = name.slice(guardName("").length);
    return this.#types.has(type) || this.#types.has(camelCase(type));
  }

  /** How many levels of the path stand at most below a value of a type: infinitely many in what contains itself. */
  levelsOf(name: string): number {
    const known = this.#levels.get(name);
    if (known !== undefined) return known;
    this.#levels.set(name, Number.POSITIVE_INFINITY);
    const counted = this.#levelsOf(name, (other) => this.levelsOf(other), Number.POSITIVE_INFINITY);
    const levels = counted > mostLevels ? Number.POSITIVE_INFINITY : counted;
    this.#levels.set(name, levels);
    return levels;
  }

  /** The same up to where values of types without end begin. */
  levelsToEndless(name: string): number {
    const finite = (other: string) => (Number.isFinite(this.levelsOf(other)) ? this.levelsOf(other) : 0);
    return this.#levelsOf(name, finite, 0);
  }

  #levelsOf(name: string, ofDeclared: (name: string) => number, ofUnknown: number): number {
    const { definition } = this.declaration(name);
    const below = (type: Type): number => {
      switch (type.kind) {
        case "array":
        case "set":
          return inside(type.item);
        case "tuple":
          return Math.max(type.rest ? inside(type.rest) : 0, ...type.items.map((item) => inside(item.type)));
        case "record":
          return inside(type.value);
        case "map":
          // A pair is a level of its own.
          return 1 + Math.max(inside(type.key), inside(type.value));
        case "nullable":
          return below(type.type);
        case "unknown":
          return ofUnknown;
        case "ref":
          return ofDeclared(type.name);
        default:
          return 0;
      }
    };
    const inside = (type: Type): number => {
      const isBare = isLeaf(type.kind === "nullable" ? type.type : type, this);
      return isBare ? 0 : 1 + below(type);
    };
    switch (definition.kind) {
      case "object":
        return definition.fields.reduce((most, { type }) => Math.max(most, inside(type)), 0);
      case "union":
        return definition.members.reduce((most, { type }) => Math.max(most, below(type)), 0);
      case "enum":
        return 0;
    }
  }
}
