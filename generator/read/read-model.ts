import { relative, resolve, sep } from "node:path";
import type { TypeDeclaration } from "../model/declaration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Model, Module } from "../model/model.js";
import { findAffected, type ImportCache } from "./find-affected.js";
import { findModules } from "./find-modules.js";
import { readSessionData } from "./find-session-data.js";
import { keepUnaffected } from "./keep-unaffected.js";
import { mergeDiagnostics } from "./merge-diagnostics.js";
import { type IdlFile, type IdlProject, type OpenProject, openProject } from "./open-project.js";
import { ReadContext } from "./read-context.js";
import { readModule } from "./read-module.js";
import { reportLostTags } from "./report-lost-tags.js";
import { readTypeScriptErrors } from "./typescript-errors.js";

export interface ReadOptions {
  /** The IDL folder. */
  readonly folder: string;
  /** The file behind `antwire/idl`. */
  readonly builtinTypes: string;
  /** The folder that paths in diagnostics are relative to. */
  readonly shownFrom: string;
  /** Hears which step begins, as people may read it. */
  readonly onStep?: (step: string) => void;
}

/** The model is whole only where there are no diagnostics. */
export interface ReadModel {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** A model that was read whole, and what it takes to read only a part of it anew. */
export interface Reading {
  readonly modules: readonly Module[];
  readonly types: readonly TypeDeclaration[];
}

const empty: Model = { modules: [], types: [] };

/** Reads an IDL folder, and keeps it open to read what changes in it. */
export class ModelReader {
  readonly #options: ReadOptions;
  #project: OpenProject | undefined;
  readonly #imports: ImportCache = new WeakMap();
  /** The last reading that found nothing wrong; undefined where the next has to read everything. */
  #last: Reading | undefined;
  /** Files that changed since then. */
  readonly #changed = new Set<string>();

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** @param changed paths of files that may have changed since the last call */
  read(changed: readonly string[] = []): ReadModel {
    const paths = changed.map((path) => resolve(path).split(sep).join("/"));
    const { folder, builtinTypes, shownFrom, onStep } = this.#options;
    const sameFiles = this.#project?.refresh(paths);
    this.#project ??= openProject(folder, builtinTypes);
    if (!sameFiles) this.#last = undefined;
    for (const path of paths) this.#changed.add(path);
    const project = this.#project.look();
    if (project.files.length === 0) return { model: empty, diagnostics: [noFiles(this.#options)] };
    const affected = this.#last && findAffected(project, this.#changed, this.#imports);
    onStep?.("checking types");
    const errors = readTypeScriptErrors(project, affected ?? project.files, shownFrom);
    // Types that TypeScript cannot resolve are `any` to the checker: reading on would report each again.
    if (errors.length > 0) return { model: empty, diagnostics: errors };
    onStep?.("reading");
    return (affected && this.#readPart(project, affected)) ?? this.#readAll(project);
  }

  #readAll(project: IdlProject): ReadModel {
    const context = new ReadContext(project, this.#options.shownFrom);
    const modules = readModules(context, project.files);
    return this.#finish(context, modules, context.declarations);
  }

  /** Undefined where names depend on what is not read. */
  #readPart(project: IdlProject, affected: readonly IdlFile[]): ReadModel | undefined {
    if (!this.#last) return undefined;
    const kept = keepUnaffected(this.#last, new Set(affected.map(({ name }) => name)));
    const context = new ReadContext(project, this.#options.shownFrom, kept.types);
    const modules = readModules(context, affected);
    if (context.namesClash) return undefined;
    const types = [...kept.types.values(), ...context.declarations];
    return this.#finish(context, [...kept.modules, ...modules], types);
  }

  #finish({ diagnostics, namesClash }: ReadContext, modules: Module[], types: TypeDeclaration[]): ReadModel {
    modules.sort(byName);
    types.sort(byName);
    if (diagnostics.length === 0) {
      this.#last = namesClash ? undefined : { modules, types };
      this.#changed.clear();
    }
    return { model: { modules, types }, diagnostics: mergeDiagnostics(diagnostics) };
  }
}

/** Reads an IDL folder once. */
export function readModel(options: ReadOptions): ReadModel {
  return new ModelReader(options).read();
}

function readModules(context: ReadContext, files: readonly IdlFile[]): Module[] {
  const modules = files.flatMap(({ source, name }) =>
    findModules(context, source).map((node) => readModule(context, node, name)),
  );
  // Whether or not a module sends it.
  for (const { source, name } of files) readSessionData(context, source, name);
  for (const { source, name } of files) reportLostTags(context, source, name);
  return modules;
}

function noFiles({ shownFrom, folder }: ReadOptions): Diagnostic {
  const at = { file: relative(shownFrom, folder) || ".", line: 1, column: 1, length: 1 };
  const message = "there are no .d.ts files in this folder";
  const hint = "write one, or name the folder that holds them with `--idl <dir>`";
  return { code: "IDL1002", at, message, path: "", hint };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
