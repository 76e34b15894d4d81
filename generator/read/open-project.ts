import { relative, resolve, sep } from "node:path";
import { FileSystemRefreshResult, Project, ts } from "ts-morph";

/** An IDL folder, as TypeScript sees it. */
export interface IdlProject {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** The files of the IDL folder, in the order of their names. */
  readonly files: readonly IdlFile[];
  /** What `antwire/idl` exports, so that the reader knows its types from others of the same name. */
  readonly builtins: ReadonlyMap<ts.Symbol, string>;
}

export interface IdlFile {
  readonly source: ts.SourceFile;
  /** Relative to the IDL folder, with slashes, without `.d.ts`. */
  readonly name: string;
}

// The smallest libraries that declare what the IDL may use: loading all of them takes twice as long.
const libraries = [
  "lib.es5.d.ts",
  "lib.es2015.collection.d.ts",
  "lib.es2015.iterable.d.ts",
  "lib.es2015.symbol.d.ts",
  "lib.es2018.asynciterable.d.ts",
];

/** An IDL folder that stays open while its files are edited. */
export interface OpenProject {
  /** The folder as of the last refresh. */
  look(): IdlProject;
  /**
   * Reads files again.
   *
   * @param paths absolute ones, of files that were edited, added or removed
   * @returns whether the same files are there as before
   */
  refresh(paths: Iterable<string>): boolean;
}

/**
 * Opens an IDL folder.
 *
 * @param folder the IDL folder
 * @param builtinTypes the file behind `antwire/idl`, so that folders anywhere can import it
 */
export function openProject(folder: string, builtinTypes: string): OpenProject {
  const root = resolve(folder);
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: libraries,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      // With it on, TypeScript keeps quiet about errors inside `.d.ts` files.
      skipLibCheck: false,
      noEmit: true,
      paths: { "antwire/idl": [resolve(builtinTypes)] },
    },
  });
  project.addSourceFilesAtPaths(`${root.split(sep).join("/")}/**/*.d.ts`);
  const builtinSource = project.addSourceFileAtPath(builtinTypes);
  return {
    look() {
      const program = project.getProgram().compilerObject;
      const checker = program.getTypeChecker();
      const files = filesIn(root, program);
      return { program, checker, files, builtins: exportsOf(builtinSource.compilerNode, checker) };
    },
    refresh(paths) {
      let same = true;
      for (const path of paths) {
        const known = project.getSourceFile(path);
        const result = known?.refreshFromFileSystemSync();
        if (result === FileSystemRefreshResult.Deleted) same = false;
        if (!known && project.addSourceFileAtPathIfExists(path)) same = false;
      }
      return same;
    },
  };
}

function filesIn(root: string, program: ts.Program): IdlFile[] {
  return program
    .getSourceFiles()
    .map((source) => ({ source, name: relative(root, source.fileName).split(sep).join("/") }))
    .filter(({ name }) => !name.startsWith("../") && name.endsWith(".d.ts"))
    .map(({ source, name }) => ({ source, name: name.slice(0, -".d.ts".length) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function exportsOf(source: ts.SourceFile, checker: ts.TypeChecker): Map<ts.Symbol, string> {
  const module = checker.getSymbolAtLocation(source);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  return new Map(
    symbols.map((symbol) => [
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      symbol.name,
    ]),
  );
}
