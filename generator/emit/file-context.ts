import type { TypeDeclaration } from "../model/declaration.js";
import { type Form, Imports } from "./imports.js";
import type { TypeTable } from "./type-table.js";

/** Where generated code stands, as relative import paths see it. */
export interface EmitOptions {
  /** From the output folder to the IDL folder, such as `../idl`. */
  readonly idlFolder: string;
  /** How the output folder imports the runtime's door: a relative path or `antwire/generated`. */
  readonly door: string;
  /** Whether the IDL says what sessions carry, so that generated code has types of sessions of its own. */
  readonly hasSessionData?: boolean;
  /** What to generate: JavaScript with declarations beside it, which is the default, or TypeScript. */
  readonly target?: "js" | "ts";
}

/** Checks of the door, and what they are called beside guards of their names: games do have types called `Key`. */
const valueChecks = { isText: "wholeText", isKey: "plainKey" } as const;

/** Types of the table that a file's text depends on, by name, and how deep some of them nest. */
export interface Consulted {
  readonly declarations: ReadonlyMap<string, TypeDeclaration>;
  readonly levels: ReadonlyMap<string, number>;
}

/** What the emitters of one file share: where it stands, and what it imports. */
export class FileContext {
  readonly form: Form;
  readonly imports: Imports;
  /** How the file imports the runtime's door. */
  readonly door: string;
  /** Whether there are generated types of sessions. */
  readonly hasSessionData: boolean;
  /** Regular expressions that the file's codecs use, by their source. */
  readonly #patterns = new Map<string, string>();
  readonly #path: string;
  /** From the file's folder to the output folder. */
  readonly #up: string;
  readonly #options: EmitOptions;
  readonly #types: TypeTable;
  readonly #consulted = new Map<string, TypeDeclaration>();
  readonly #consultedLevels = new Map<string, number>();

  /**
   * @param path of the file, relative to the output folder, without its ending
   * @param types the model's table
   */
  constructor(path: string, form: Form, types: TypeTable, options: EmitOptions) {
    this.#path = path;
    this.form = form;
    this.imports = new Imports(form);
    this.#up = "../".repeat(path.split("/").length - 1) || "./";
    this.#options = options;
    this.#types = types;
    this.hasSessionData = options.hasSessionData ?? false;
    this.door = options.door.startsWith(".") ? this.#outside(options.door) : options.door;
  }

  /** What only TypeScript reads, such as `: string`; nothing in JavaScript. */
  typed(text: () => string): string {
    return this.form === "js" ? "" : text();
  }

  /** What the view of every file begins with. To be asked for last: by then all imports are noted. */
  view(source: string) {
    const { form } = this;
    return { source, imports: this.imports.lines(), typed: form === "ts", plain: form === "js" };
  }

  /** How the file imports an IDL file. */
  idlPath(file: string): string {
    return this.#outside(`${this.#options.idlFolder}/${file}.js`);
  }

  /** The name of a type of sessions, imported. */
  sessionType(name: "Session" | "UserSession"): string {
    return this.imports.type(name, this.hasSessionData ? this.generatedPath("session") : this.door);
  }

  /** How the file imports another generated file. */
  generatedPath(path: string): string {
    const folder = this.#path.slice(0, this.#path.lastIndexOf("/") + 1);
    if (folder !== "" && path.startsWith(folder)) return `./${path.slice(folder.length)}.js`;
    return `${this.#up}${path}.js`;
  }

  /** The file's own name, without folder and ending. */
  get name(): string {
    return this.#path.replace(/^.*\//, "");
  }

  /** Whether this is the generated file at that path, which has no ending. */
  isAt(path: string): boolean {
    return this.#path === path;
  }

  /** A type of the model's table. */
  declaration(name: string): TypeDeclaration {
    const found = this.#types.declaration(name);
    this.#consulted.set(name, found);
    return found;
  }

  /** How deep values of a type nest. Noted apart from what the type is: that changes more often. */
  levelsOf(name: string): number {
    const levels = this.#types.levelsOf(name);
    this.#consultedLevels.set(name, levels);
    return levels;
  }

  /** How deep values of a type nest before others without end begin. */
  levelsToEndless(name: string): number {
    return this.#types.levelsToEndless(name);
  }

  /** What of the table the file's text depends on. */
  get consulted(): Consulted {
    return { declarations: this.#consulted, levels: this.#consultedLevels };
  }

  /** A check of the door, imported. */
  valueCheck(name: keyof typeof valueChecks): string {
    if (!this.#types.hasGuard(name)) return this.imports.value(name, this.door);
    const other = valueChecks[name];
    this.imports.value(`${name} as ${other}`, this.door);
    return other;
  }

  /** The name of the constant that holds a pattern: compiled once, not at each check. */
  pattern(source: string): string {
    const name = this.#patterns.get(source) ?? `pattern${this.#patterns.size + 1}`;
    this.#patterns.set(source, name);
    return name;
  }

  /** The constants of all patterns that were asked for. */
  patternLines(): string[] {
    return [...this.#patterns].map(
      ([source, name]) => `const ${name} = new RegExp(${JSON.stringify(source)}, "u");`,
    );
  }

  /** A path that the options give as seen from the output folder, as seen from this file. */
  #outside(path: string): string {
    return `${this.#up}${path}`.replace(/^\.\/(?=\.)/, "").replaceAll("/./", "/");
  }
}
