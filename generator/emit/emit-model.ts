import type { TypeDeclaration } from "../model/declaration.js";
import type { Model, Module } from "../model/model.js";
import { viewClientModule } from "./emit-client-module.js";
import { hasCodecs, viewCodecs } from "./emit-codecs.js";
import { viewContract } from "./emit-contract.js";
import { viewClient, viewRpc, viewServer } from "./emit-doors.js";
import { viewEnums } from "./emit-enums.js";
import { failuresOf, viewFailures } from "./emit-failures.js";
import { emitManifest, type PrintedParts } from "./emit-manifest.js";
import { viewRoutes } from "./emit-routes.js";
import { viewSession } from "./emit-session.js";
import { viewSkeleton } from "./emit-skeleton.js";
import { viewStub } from "./emit-stub.js";
import { type Consulted, type EmitOptions, FileContext } from "./file-context.js";
import type { Form } from "./imports.js";
import { kebabCase } from "./naming.js";
import { TypeTable } from "./type-table.js";
import type { Views } from "./views.js";

/** Lays out generated files; made from the templates. */
export type Layouts = {
  readonly [Name in keyof Views]: {
    /** As TypeScript or JavaScript. */
    readonly code: (view: Views[Name]) => string;
    /** As declarations of what the JavaScript exports; none where only generated code imports it. */
    readonly types?: (view: Views[Name]) => string;
  };
};

/** What was generated last, with all that it was made from. */
export class Emitted {
  readonly files = new Map<string, EmittedFile>();
  readonly printed: PrintedParts = new WeakMap();
}

interface EmittedFile {
  readonly inputs: readonly unknown[];
  /** Nothing for a file that is made of its inputs alone. */
  readonly consulted?: Consulted;
  readonly text: string;
}

/**
 * Turns a model into generated files: their text by their path in the output folder.
 *
 * @param last what an earlier call left here; a file is made anew only where a part of the model that it was
 * made from is not the same object any more
 */
export function emitModel(
  model: Model,
  layouts: Layouts,
  options: EmitOptions,
  last = new Emitted(),
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const types = new TypeTable(model.types);
  const sessionData = model.types.find((type) => type.sessionData);
  const hasSessionData = sessionData !== undefined;
  const keep = (path: string, parts: readonly unknown[], make: () => Omit<EmittedFile, "inputs">) => {
    const inputs = [...parts, hasSessionData, types.hasGuard("isText"), types.hasGuard("isKey")];
    let emitted = last.files.get(path);
    if (!emitted || !isSame(emitted, inputs, types)) {
      emitted = { inputs, ...make() };
      last.files.set(path, emitted);
    }
    files.set(path, emitted.text);
  };
  const emit = <Name extends keyof Views>(
    name: Name,
    path: string,
    parts: readonly unknown[],
    view: (file: FileContext) => Views[Name],
    leftOut?: Form,
  ) => {
    const { code, types: declarations } = layouts[name];
    for (const form of options.target === "ts" ? tsForms : jsForms) {
      const layout = form === "d.ts" ? declarations : code;
      if (form === leftOut || !layout) continue;
      keep(`${path}.${form}`, parts, () => {
        const file = new FileContext(path, form, types, { ...options, hasSessionData });
        return { text: layout(view(file)), consulted: file.consulted };
      });
    }
  };
  for (const [idlFile, part] of partsByFile(model)) {
    if (!hasCodecs(part)) continue;
    const parts = [...part.modules, ...part.types];
    const hasTypes = part.types.some(({ definition }) => definition.kind !== "enum");
    emit(
      "codecs",
      `codecs/${idlFile}`,
      parts,
      (file) => viewCodecs(part, idlFile, file),
      hasTypes ? undefined : "d.ts",
    );
  }
  for (const module of model.modules) {
    const name = kebabCase(module.name);
    emit("contract", `contracts/${name}`, [module], (file) => viewContract(module, file));
    emit("stub", `stubs/${name}`, [module], (file) => viewStub(module, file));
    emit("skeleton", `skeletons/${name}`, [module], (file) => viewSkeleton(module, file));
    emit("client-module", `clients/${name}`, [module], (file) => viewClientModule(module, file));
  }
  // It has nothing but types.
  if (sessionData) emit("session", "session", [sessionData], (file) => viewSession(sessionData, file), "js");
  const failures = failuresOf(model);
  if (failures.length > 0) emit("failures", "failures", failures, (file) => viewFailures(failures, file));
  const enums = model.types.filter(({ definition }) => definition.kind === "enum");
  if (enums.length > 0) emit("enums", "enums", enums, (file) => viewEnums(model, file));
  const doors = [...model.modules, ...failures, ...enums];
  emit("rpc", "rpc", model.modules, (file) => viewRpc(model, file));
  emit("server", "server", doors, (file) => viewServer(model, file));
  emit("client", "client", doors, (file) => viewClient(model, file));
  const all = [...model.modules, ...model.types];
  emit("routes", "routes", all, (file) => viewRoutes(model, file));
  keep("manifest.json", all, () => ({ text: emitManifest(model, last.printed) }));
  return files;
}

const tsForms: readonly Form[] = ["ts"];
const jsForms: readonly Form[] = ["js", "d.ts"];

function isSame(emitted: EmittedFile, inputs: readonly unknown[], types: TypeTable): boolean {
  return (
    emitted.inputs.length === inputs.length &&
    inputs.every((input, index) => input === emitted.inputs[index]) &&
    (emitted.consulted === undefined || areSame(emitted.consulted, types))
  );
}

function areSame({ declarations, levels }: Consulted, types: TypeTable): boolean {
  for (const [name, type] of declarations) if (types.find(name) !== type) return false;
  for (const [name, count] of levels) if (types.levelsOf(name) !== count) return false;
  return true;
}

/** What each IDL file declares. */
function partsByFile(model: Model): Map<string, { modules: Module[]; types: TypeDeclaration[] }> {
  const parts = new Map<string, { modules: Module[]; types: TypeDeclaration[] }>();
  const partOf = (file: string) => {
    const part = parts.get(file) ?? { modules: [], types: [] };
    parts.set(file, part);
    return part;
  };
  for (const module of model.modules) partOf(module.file).modules.push(module);
  for (const type of model.types) partOf(type.file).types.push(type);
  return parts;
}
