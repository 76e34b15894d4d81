import type { TypeDeclaration } from "../model/declaration.js";
import type { Method, Model, Module } from "../model/model.js";
import { type Named, wireName } from "../model/wire-name.js";
import type { MethodShape, Shape, TypeShape } from "./shape.js";
import { wireTypeOf } from "./wire-type.js";

/** The shapes of types, for as long as these stay what they are. */
export type KnownShapes = WeakMap<TypeDeclaration, TypeShape>;

/** The wire as a model has it. */
export function shapeOf(model: Model, known: KnownShapes = new WeakMap()): Shape {
  return {
    methods: Object.fromEntries(
      model.modules.flatMap((module) =>
        module.methods.map((method) => [fullName(module, method), shapeOfMethod(module, method)]),
      ),
    ),
    pushes: Object.fromEntries(
      model.modules.flatMap((module) =>
        module.pushes.map((push) => [
          fullName(module, push),
          { ...wasOf(module, push), type: wireTypeOf(push.type) },
        ]),
      ),
    ),
    types: Object.fromEntries(model.types.map((type) => [type.name, knownShape(type, known)])),
  };
}

function fullName(module: Named, member: Named): string {
  return `${module.name}.${member.name}`;
}

function wasOf(module: Named, member: Named): { was?: string } {
  const was = `${wireName(module)}.${wireName(member)}`;
  return was === fullName(module, member) ? {} : { was };
}

function shapeOfMethod(module: Module, method: Method): MethodShape {
  return {
    ...wasOf(module, method),
    kind: method.kind,
    access: method.access,
    parameters: method.parameters.map(({ name, was, optional, type }) => ({
      name,
      ...(was !== undefined && { was }),
      ...(optional && { optional }),
      type: wireTypeOf(type),
    })),
    ...(method.result && { result: wireTypeOf(method.result) }),
    failures: method.failures,
  };
}

function knownShape(type: TypeDeclaration, known: KnownShapes): TypeShape {
  const shape = known.get(type) ?? shapeOfType(type);
  known.set(type, shape);
  return shape;
}

function shapeOfType({ definition, was }: TypeDeclaration): TypeShape {
  const before = was === undefined ? {} : { was };
  switch (definition.kind) {
    case "object": {
      const fields = definition.fields.map(({ name, was, position, optional, type }) => ({
        name,
        ...(was !== undefined && { was }),
        position,
        ...(optional && { optional }),
        type: wireTypeOf(type),
      }));
      return { ...before, kind: "object", fields: fields.sort(byPosition) };
    }
    case "union": {
      const members = definition.members.map(({ key, position, type }) => ({
        key,
        position,
        type: wireTypeOf(type),
      }));
      return { ...before, kind: "union", members: members.sort(byPosition), literals: definition.literals };
    }
    case "enum":
      return { ...before, kind: "enum", values: [...new Set(definition.members.map(({ value }) => value))] };
  }
}

function byPosition(a: { position: number }, b: { position: number }): number {
  return a.position - b.position;
}
