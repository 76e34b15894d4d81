import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codecName, guardName, kebabCase, moduleContractName } from "../../generator/emit/naming.js";
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
  /** Says whether a value fits. What has no name has none. */
  readonly guard?: (value: unknown) => boolean;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a folder of generated code has codecs for. */
export async function loadSubjects(name: string, folder: string): Promise<Subject[]> {
  const model: Model = JSON.parse(readFileSync(`${root}${folder}/manifest.json`, "utf8"));
  const declarations: Declarations = new Map(model.types.map((type) => [type.name, type]));
  const load = (path: string) => import(/* @vite-ignore */ `${root}${folder}/${path}.js`);
  const routes: Routes = (await load("routes")).routes;
  const guards = new Map<unknown, Subject["guard"]>();
  for (const type of model.types) {
    if (type.definition.kind === "enum") continue;
    const codecs = await load(`codecs/${type.file}`);
    guards.set(codecs[codecName("write", type.name)], codecs[guardName(type.name)]);
  }
  // A method that returns a declared type has the codec of that type, which is looked at once.
  const found = new Map<unknown, Subject>();
  const add = (subject: Omit<Subject, "declarations">) => {
    const known = found.get(subject.codec.write);
    if (known !== undefined && (known.form !== undefined || subject.form === undefined)) return;
    const guard = guards.get(subject.codec.write);
    const full = { ...subject, ...(guard && { guard }), name: `${name}: ${subject.name}`, declarations };
    found.set(subject.codec.write, full);
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
  return [...found.values()];
}

function* subjectsOf(
  module: Module,
  contract: ModuleContract,
  routes: Routes,
): Generator<Omit<Subject, "declarations">> {
  for (const { name, parameters, result } of module.methods) {
    const method = contract.methods[name] as MethodContract;
    const path = `${module.name}.${name}`;
    const route = routes.methods.get(`${method.module}/${method.name}`);
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
    // Under the name that it goes by on the wire.
    const push = contract.pushes[name];
    const route = push && routes.pushes.get(`${push.module}/${push.name}`);
    if (route === undefined) throw new Error(`The push ${name} has no route.`);
    yield { name: `${module.name}.${name}`, shape: type, codec: route.push.value, form: route.value };
  }
}
