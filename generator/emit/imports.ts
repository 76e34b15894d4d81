import { takenTypeNames, utilityTypeNames } from "../model/taken-names.js";
import { breakList } from "./layout.js";

/**
 * A generated file as TypeScript, or in two: as JavaScript, and as the declarations of what that exports. Both
 * leave out a part of the first.
 */
export type Form = "ts" | "js" | "d.ts";

/** Collects what a generated file imports, from what it uses. */
export class Imports {
  readonly #form: Form;
  readonly #byModule = new Map<string, Map<string, { value: boolean }>>();
  /** What the IDL's types are called here, by module and name. */
  readonly #idl = new Map<string, string>();
  /** Names that mean something in the file. */
  readonly #taken = new Set<string>();

  constructor(form: Form) {
    this.#form = form;
  }

  /** Keeps a name for what the file itself declares. */
  reserve(name: string): void {
    this.#taken.add(name);
  }

  /** Notes that the file uses a type, and returns its name. */
  type(name: string, from: string): string {
    if (this.#form !== "js") this.#note(name, from, false);
    return name;
  }

  /** Notes that the file's code uses a value, and returns its name. */
  value(name: string, from: string): string {
    if (this.#form !== "d.ts") this.#note(name, from, true);
    return name;
  }

  /** Notes that the file uses a class, in its code and as a type, and returns its name. */
  class(name: string, from: string): string {
    this.#note(name, from, this.#form !== "d.ts");
    return name;
  }

  /**
   * Notes that the file uses a type that the IDL names, and returns its name in the file: another one where its
   * own means something else there.
   */
  idl(name: string, from: string): string {
    if (this.#form === "js") return name;
    const key = `${from} ${name}`;
    const known = this.#idl.get(key);
    if (known !== undefined) return known;
    let local = name;
    const isDoors = takenTypeNames.has(name) || utilityTypeNames.has(name);
    if (isDoors || this.#taken.has(name)) local = `Idl${name}`;
    for (let count = 2; this.#taken.has(local); count++) local = `Idl${name}${count}`;
    this.#taken.add(local);
    this.#idl.set(key, local);
    this.#note(local === name ? name : `${name} as ${local}`, from, false);
    return local;
  }

  #note(name: string, from: string, value: boolean): void {
    const names = this.#byModule.get(from) ?? new Map<string, { value: boolean }>();
    this.#byModule.set(from, names);
    const noted = names.get(name);
    if (!noted) names.set(name, { value });
    else if (value) noted.value = true;
  }

  /** The import statements, in a stable order. */
  lines(): string[] {
    return [...this.#byModule].sort(byName).map(([from, noted]) => {
      const names = [...noted].sort(byName);
      const typesOnly = names.every(([, { value }]) => !value);
      const list = names.map(([name, { value }]) => (value || typesOnly ? name : `type ${name}`));
      return breakList(`import ${typesOnly ? "type " : ""}{ `, list, ` } from "${from}";`);
    });
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  const lowA = a.toLowerCase();
  const lowB = b.toLowerCase();
  return lowA < lowB ? -1 : lowA > lowB ? 1 : a < b ? -1 : 1;
}
