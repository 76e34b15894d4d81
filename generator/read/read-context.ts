import { ts } from "ts-morph";
import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { DiagnosticCode } from "../model/diagnostic-codes.js";
import type { Location } from "../model/location.js";
import { locate, shownPath } from "./locate.js";
import type { IdlProject } from "./open-project.js";

/** Where the reader stands: what it looks at, how it came there, and how to name what has no name. */
export interface Site {
  /** The declaration to point at. */
  readonly node: ts.Node;
  /** The way here, as diagnostics show it: `Lobby.enter -> returns[].meta`. */
  readonly path: string;
  /** A name for an anonymous type found here: `LobbyEnterResultMeta`. */
  readonly anonymousName: string;
  /** The same made from the names on the wire, which a renaming with `@was` keeps: how the lock knows it. */
  readonly lockStem: string;
  /** The IDL file that this stands in, as the model names files. */
  readonly file: string;
  /** Whether what stands here may be absent, so that `undefined` in its type says nothing new. */
  readonly optional?: boolean;
  /** How many types without a name this is inside of; undefined for none. */
  readonly nesting?: number;
}

/** What the steps of reading share. */
export class ReadContext {
  readonly project: IdlProject;
  readonly checker: ts.TypeChecker;
  readonly diagnostics: Diagnostic[] = [];
  /**
   * Names of the types that have a codec; set before their fields are read, which ends recursion. Those that
   * are called after their place are here only while they are read: to TypeScript two `string | Date` are one
   * type, and an edit at the first place must not rename what stands at the second.
   */
  readonly names = new Map<ts.Type, string>();
  /** Where the comments begin that were read, by file. */
  readonly comments = new Map<ts.SourceFile, Set<number>>();
  /** Enums that are in the table. */
  readonly enums = new Set<ts.EnumDeclaration>();
  readonly declarations: TypeDeclaration[] = [];
  /** Collections that are being written out in place, to find those that contain themselves. */
  inlining: ReadonlySet<ts.Type> = new Set();
  /** How many instantiations of each generic type are being read inside each other. */
  readonly instantiations = new Map<string, number>();
  /** Whether two types wanted one name, so that which of them got it depends on the order of reading. */
  namesClash = false;
  /** Types of an earlier reading that are what they were, by name. */
  readonly #kept: ReadonlyMap<string, TypeDeclaration>;
  /** The declarations that were looked at, by name. */
  readonly #byName = new Map<string, TypeDeclaration>();
  readonly #takenNames = new Set<string>();
  readonly #shownFrom: string;
  readonly #shownPaths = new Map<ts.SourceFile, string>();
  readonly #fileNames: ReadonlyMap<ts.SourceFile, string>;

  constructor(
    project: IdlProject,
    shownFrom: string,
    kept: ReadonlyMap<string, TypeDeclaration> = new Map(),
  ) {
    this.project = project;
    this.#kept = kept;
    this.checker = project.checker;
    this.#shownFrom = shownFrom;
    for (const { source } of project.files) {
      for (const name of declaredNames(source)) this.#takenNames.add(name);
    }
    this.#fileNames = new Map(project.files.map(({ source, name }) => [source, name]));
  }

  /** The model's name of the file that a node stands in; undefined outside the IDL folder. */
  fileOf(node: ts.Node): string | undefined {
    return this.#fileNames.get(node.getSourceFile());
  }

  /** The name under which `antwire/idl` exports a symbol. */
  builtin(symbol: ts.Symbol | undefined): string | undefined {
    return symbol && this.project.builtins.get(symbol);
  }

  /** A name for a type that has none of its own, unlike all that were given before. */
  takeName(wanted: string): string {
    let name = wanted;
    if (this.#takenNames.has(name)) this.namesClash = true;
    for (let count = 2; this.#takenNames.has(name); count++) name = `${wanted}${count}`;
    this.#takenNames.add(name);
    return name;
  }

  /** Reads inside a type that has a codec of its own: there a collection may come again. */
  inCodec<T>(read: () => T): T {
    const outer = this.inlining;
    this.inlining = new Set();
    const result = read();
    this.inlining = outer;
    return result;
  }

  /** Whether a type need not be read, because an earlier reading did. */
  isKept({ name, file, written }: Pick<TypeDeclaration, "name" | "file" | "written">): boolean {
    const kept = this.#kept.get(name);
    if (!kept) return false;
    const same = kept.file === file && written && JSON.stringify(kept.written) === JSON.stringify(written);
    if (!same) this.namesClash = true;
    return same === true;
  }

  /** A type of the table. */
  find(name: string): TypeDeclaration | undefined {
    for (const type of this.declarations.slice(this.#byName.size)) this.#byName.set(type.name, type);
    return this.#kept.get(name) ?? this.#byName.get(name);
  }

  /** Whether a type of the table is an enum. */
  isEnum(name: string): boolean {
    return this.find(name)?.definition.kind === "enum";
  }

  locate(node: ts.Node): Location {
    const source = node.getSourceFile();
    const file = this.#shownPaths.get(source) ?? shownPath(source, this.#shownFrom);
    this.#shownPaths.set(source, file);
    return locate(node, file);
  }

  report(site: Pick<Site, "node" | "path">, code: DiagnosticCode, message: string, hint: string): void {
    this.diagnostics.push({ code, at: this.locate(site.node), message, path: site.path, hint });
  }
}

/** Names of the types that a file declares, those in namespaces included. */
function declaredNames(node: ts.SourceFile | ts.ModuleBlock): string[] {
  return node.statements.flatMap((statement) => {
    if (
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    ) {
      return [statement.name.text];
    }
    const body = ts.isModuleDeclaration(statement) ? statement.body : undefined;
    return body && ts.isModuleBlock(body) ? declaredNames(body) : [];
  });
}
