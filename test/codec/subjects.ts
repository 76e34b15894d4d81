import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codecName, kebabCase, moduleContractName } from "../../generator/emit/naming.js";
import type { Model, Module } from "../../generator/model/model.js";
import type { Codec } from "../../runtime/codec/codec.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import type { ModuleContract } from "../../runtime/contract/module.js";
import type { MethodRoute, Routes } from "../../runtime/contract/route.js";
import type { JsonForm } from "../../runtime/json/form.js";
import type { Declarations, Shape } from "./shape.js";

/** Something that generated code has a codec for, with what the model says about it. */
export interface Subject {
  /** `unions: ChoiceEcho.all, arguments`. */
  readonly name: string;
  readonly shape: Shape;
  readonly declarations: Declarations;
  readonly codec: Codec;
  /** How it looks in JSON, where clients see it. Arguments have a route instead. */
  readonly form?: JsonForm;
  readonly route?: MethodRoute;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const goldens = readdirSync(`${root}test/golden`).map(
  (name) => [name, `test/golden/${name}/expected`] as const,
);
const folders = goldens.filter(([, folder]) => isGenerated(folder));

/** All that is generated here: of each golden case, and of the demo. */
export const subjects: readonly Subject[] = (
  await Promise.all([...folders, ["demo", "generated"] as const].map(([name, folder]) => load(name, folder)))
).flat();

/** What clients may send or get as JSON. */
export const inJson = subjects.filter(({ route, form }) => route !== undefined || form !== undefined);

/** The subjects by their names, for `describe.each`. */
export function named(chosen: readonly Subject[]): [string, Subject][] {
  return chosen.map((subject) => [subject.name, subject]);
}

function isGenerated(folder: string): boolean {
  try {
    return readdirSync(root + folder).includes("manifest.json");
  } catch {
    return false; // A case that shows diagnostics has no such folder.
  }
}

async function load(name: string, folder: string): Promise<Subject[]> {
  const model: Model = JSON.parse(readFileSync(`${root}${folder}/manifest.json`, "utf8"));
  const declarations: Declarations = new Map(model.types.map((type) => [type.name, type]));
  const load = (path: string) => import(/* @vite-ignore */ `${root}${folder}/${path}.ts`);
  const routes: Routes = (await load("routes")).routes;
  const found: Subject[] = [];
  const seen = new Set<unknown>();
  const add = (subject: Omit<Subject, "declarations">) => {
    // A method that returns a declared type has the codec of that type.
    if (seen.has(subject.codec.write)) return;
    seen.add(subject.codec.write);
    found.push({ ...subject, name: `${name}: ${subject.name}`, declarations });
  };
  for (const module of model.modules) {
    const contract: ModuleContract = (await load(`contracts/${kebabCase(module.name)}`))[
      moduleContractName(module)
    ];
    for (const subject of subjectsOf(module, contract, routes)) add(subject);
  }
  for (const type of model.types) {
    if (type.definition.kind === "enum") continue;
    const codecs = await load(`codecs/${type.file}`);
    const codec = {
      write: codecs[codecName("write", type.name)],
      read: codecs[codecName("read", type.name)],
      copy: codecs[codecName("copy", type.name)],
    };
    const form = routes.failures.get(type.name);
    add({ name: type.name, shape: { kind: "ref", name: type.name }, codec, ...(form && { form }) });
  }
  return found;
}

function* subjectsOf(
  module: Module,
  contract: ModuleContract,
  routes: Routes,
): Generator<Omit<Subject, "declarations">> {
  for (const { name, parameters, result } of module.methods) {
    const method = contract.methods[name] as MethodContract;
    const path = `${module.name}.${name}`;
    const route = routes.methods.get(`${module.name}/${name}`);
    const args = { name: `${path}, arguments`, shape: { kind: "arguments", parameters } as const };
    yield { ...args, codec: method.args as Codec, ...(route && { route }) };
    if (result === undefined) continue;
    yield {
      name: `${path}, result`,
      shape: result,
      codec: method.result,
      ...(route && { form: route.result }),
    };
  }
  for (const { name, type } of module.pushes) {
    const route = routes.pushes.get(`${module.name}/${name}`);
    if (route === undefined) throw new Error(`The push ${name} has no route.`);
    yield { name: `${module.name}.${name}`, shape: type, codec: route.push.value, form: route.value };
  }
}
