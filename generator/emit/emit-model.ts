import type { Model } from "../model/model.js";
import { viewClientModule } from "./emit-client-module.js";
import { viewCodecs } from "./emit-codecs.js";
import { viewContract } from "./emit-contract.js";
import { viewClient, viewRpc, viewServer } from "./emit-doors.js";
import { viewEnums } from "./emit-enums.js";
import { failuresOf, viewFailures } from "./emit-failures.js";
import { emitManifest } from "./emit-manifest.js";
import { viewRoutes } from "./emit-routes.js";
import { viewSkeleton } from "./emit-skeleton.js";
import { viewStub } from "./emit-stub.js";
import { type EmitOptions, FileContext } from "./file-context.js";
import { kebabCase } from "./naming.js";
import type { Views } from "./views.js";

/** Lays out generated files; made from the templates. */
export type Layouts = { readonly [Name in keyof Views]: (view: Views[Name]) => string };

/** Turns a model into generated files: their text by their path in the output folder. */
export function emitModel(model: Model, layouts: Layouts, options: EmitOptions): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const emit = <Name extends keyof Views>(
    path: string,
    layout: Name,
    view: (file: FileContext) => Views[Name],
  ): void => {
    files.set(path, layouts[layout](view(new FileContext(path, model, options))));
  };
  const idlFiles = new Set([...model.modules, ...model.types].map(({ file }) => file));
  for (const idlFile of idlFiles) {
    const path = `codecs/${idlFile}.ts`;
    const view = viewCodecs(model, idlFile, new FileContext(path, model, options));
    // A file of enums alone has no codecs.
    if (view.functions.length > 0) files.set(path, layouts.codecs(view));
  }
  for (const module of model.modules) {
    const name = kebabCase(module.name);
    emit(`contracts/${name}.ts`, "contract", (file) => viewContract(module, file));
    emit(`stubs/${name}.ts`, "stub", (file) => viewStub(module, file));
    emit(`skeletons/${name}.ts`, "skeleton", (file) => viewSkeleton(module, file));
    emit(`clients/${name}.ts`, "client-module", (file) => viewClientModule(module, file));
  }
  const failures = failuresOf(model);
  if (failures.length > 0) emit("failures.ts", "failures", (file) => viewFailures(failures, file));
  if (model.types.some(({ definition }) => definition.kind === "enum")) {
    emit("enums.ts", "enums", (file) => viewEnums(model, file));
  }
  emit("rpc.ts", "rpc", (file) => viewRpc(model, file));
  emit("routes.ts", "routes", (file) => viewRoutes(model, file));
  emit("server.ts", "server", (file) => viewServer(model, file));
  emit("client.ts", "client", (file) => viewClient(model, file));
  files.set("manifest.json", emitManifest(model));
  return files;
}
