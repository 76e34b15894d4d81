import { breakList } from "./layout.js";

/** Collects what a generated file imports, from what it uses. */
export class Imports {
  readonly #byModule = new Map<string, Map<string, { value: boolean }>>();

  /** Notes that the file uses a type, and returns its name. */
  type(name: string, from: string): string {
    this.#note(name, from, false);
    return name;
  }

  /** Notes that the file uses a value, and returns its name. */
  value(name: string, from: string): string {
    this.#note(name, from, true);
    return name;
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
    return [...this.#byModule.keys()].sort(compare).map((from) => {
      const names = [...(this.#byModule.get(from) ?? [])].sort(([a], [b]) => compare(a, b));
      const typesOnly = names.every(([, { value }]) => !value);
      const list = names.map(([name, { value }]) => (value || typesOnly ? name : `type ${name}`));
      return breakList(`import ${typesOnly ? "type " : ""}{ `, list, ` } from "${from}";`);
    });
  }
}

function compare(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : a < b ? -1 : 1;
}
