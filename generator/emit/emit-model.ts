import type { TypeDeclaration } from "../model/declaration.js";
import type { Model, Module } from "../model/model.js";
import { viewClientModule } from "./emit-client-module.js";
import { viewCodecs } from "./emit-codecs.js";
import { viewContract } from "./emit-contract.js";
import { viewClient, viewRpc, viewServer } from "./emit-doors.js";
import { viewEnums } from "./emit-enums.js";
import { failuresOf, viewFailures } from "./emit-failures.js";
import { emitManifest, type PrintedParts } from "./emit-manifest.js";
import { viewRoutes } from "./emit-routes.js";
import { viewSession } from "./emit-session.js";
import { viewSkeleton } from "./emit-skeleton.js";
import { viewStub } from "./emit-stub.js";
import { type EmitOptions, FileContext } from "./file-context.js";
import { kebabCase } from "./naming.js";
import type { Views } from "./views.js";

/** Lays out generated files; made from the templates. */
export type Layouts = { readonly [Name in keyof Views]: (view: Views[Name]) => string };

/** What was generated last, with all that it was made from. */
export class Emitted {
  readonly files = new Map<string, EmittedFile>();
  readonly printed: PrintedParts = new WeakMap();
}

interface EmittedFile {
  readonly inputs: readonly unknown[];
  readonly consulted: ReadonlyMap<string, TypeDeclaration>;
  /** undefined: there is nothing to write. */
  readonly text: string | undefined;
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
  const types = new Map(model.types.map((type) => [type.name, type]));
  const sessionData = model.types.find((type) => type.sessionData);
  const hasSessionData = sessionData !== undefined;
  const emit = (path: string, parts: readonly unknown[], make: (file: FileContext) => string | undefined) => {
    const inputs = [...parts, hasSessionData];
    let emitted = last.files.get(path);
    if (!emitted || !isSame(emitted, inputs, types)) {
      const file = new FileContext(path, types, { ...options, hasSessionData });
      emitted = { inputs, text: make(file), consulted: file.consulted };
      last.files.set(path, emitted);
    }
    if (emitted.text !== undefined) files.set(path, emitted.text);
  };
  for (const [idlFile, part] of partsByFile(model)) {
    emit(`codecs/${idlFile}.ts`, [...part.modules, ...part.types], (file) => {
      const view = viewCodecs(part, idlFile, file);
      // A file of enums alone has no codecs.
      return view.functions.length > 0 ? layouts.codecs(view) : undefined;
    });
  }
  for (const module of model.modules) {
    const name = kebabCase(module.name);
    emit(`contracts/${name}.ts`, [module], (file) => layouts.contract(viewContract(module, file)));
    emit(`stubs/${name}.ts`, [module], (file) => layouts.stub(viewStub(module, file)));
    emit(`skeletons/${name}.ts`, [module], (file) => layouts.skeleton(viewSkeleton(module, file)));
    emit(`clients/${name}.ts`, [module], (file) => layouts["client-module"](viewClientModule(module, file)));
  }
  if (sessionData)
    emit("session.ts", [sessionData], (file) => layouts.session(viewSession(sessionData, file)));
  const failures = failuresOf(model);
  if (failures.length > 0) {
    emit("failures.ts", failures, (file) => layouts.failures(viewFailures(failures, file)));
  }
  const enums = model.types.filter(({ definition }) => definition.kind === "enum");
  if (enums.length > 0) emit("enums.ts", enums, (file) => layouts.enums(viewEnums(model, file)));
  const doors = [...model.modules, ...failures, ...enums];
  emit("rpc.ts", model.modules, (file) => layouts.rpc(viewRpc(model, file)));
  emit("server.ts", doors, (file) => layouts.server(viewServer(model, file)));
  emit("client.ts", doors, (file) => layouts.client(viewClient(model, file)));
  const all = [...model.modules, ...model.types];
  emit("routes.ts", all, (file) => layouts.routes(viewRoutes(model, file)));
  emit("manifest.json", all, () => emitManifest(model, last.printed));
  return files;
}

function isSame(
  emitted: EmittedFile,
  inputs: readonly unknown[],
  types: ReadonlyMap<string, TypeDeclaration>,
): boolean {
  return (
    emitted.inputs.length === inputs.length &&
    inputs.every((input, index) => input === emitted.inputs[index]) &&
    [...emitted.consulted].every(([name, type]) => types.get(name) === type)
  );
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
