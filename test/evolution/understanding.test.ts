import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../generator/evolution/judge.js";
import { assignPositions } from "../../generator/lock/assign-positions.js";
import { emptyLock } from "../../generator/lock/lock.js";
import { shapeOf } from "../../generator/lock/shape-of.js";
import type { Model } from "../../generator/model/model.js";
import { pack } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { arbitraryOf } from "../codec/arbitrary.js";
import { runs } from "../codec/runs.js";
import type { Shape } from "../codec/shape.js";
import { disagreement } from "./agree.js";
import { editedSpecs } from "./edited-spec.js";
import { type DirectionCodec, loadCodecs } from "./load-codecs.js";
import { modelOf } from "./spec.js";

/** One version of the edited application. */
interface Version {
  readonly model: Model;
  readonly codec: (stem: string) => DirectionCodec;
}

function versions(before: Model, after: Model): readonly [Version, Version] {
  const old = assignPositions(before, emptyLock);
  const now = assignPositions(after, { ...emptyLock, types: old.types });
  return [
    { model: old.model, codec: loadCodecs(old.model) },
    { model: now.model, codec: loadCodecs(now.model) },
  ];
}

function shapes({ modules: [module] }: Model): { args: Shape; pushed: Shape } {
  const [method, push] = [module?.methods[0], module?.pushes[0]];
  if (!method || !push) throw new Error("The model lost its module.");
  return { args: { kind: "arguments", parameters: method.parameters }, pushed: push.type };
}

/** Writes values with the codecs of one version and reads them with those of the other. */
function exchange(writer: Version, reader: Version, which: "args" | "pushed", seed: number): void {
  const stem = which === "args" ? "EditSendArguments" : "EditPushedValue";
  const declarations = new Map(writer.model.types.map((type) => [type.name, type]));
  const values = fc.sample(arbitraryOf(shapes(writer.model)[which], declarations), { seed, numRuns: 12 });
  for (const value of values) {
    const read = reader.codec(stem).read(unpack(pack(writer.codec(stem).write(value))));
    expect(disagreement(value, read)).toBeUndefined();
  }
}

// Types that are renamed without `@was` get new places.
const names = fc.constantFrom("Edited", "Edited", "Edited", "Renamed");
const edits = fc.tuple(editedSpecs(2), fc.boolean(), fc.boolean(), names, fc.integer());

test("what the judge lets pass, the codecs of both versions understand, and they mean the same by it", () => {
  const passed = { toServer: 0, toClient: 0 };
  const failed = { toServer: 0, toClient: 0 };
  const property = fc.property(edits, ([[before, after], optionalBefore, optionalAfter, name, seed]) => {
    const [old, now] = versions(
      modelOf(before, optionalBefore, "Edited"),
      modelOf(after, optionalAfter, name),
    );
    const changes = judge(shapeOf(old.model), shapeOf(now.model)).filter(({ level }) => level === "breaking");
    const breaks = (whom: string) => changes.some((change) => change.whom.includes(whom));
    if (breaks("clients that call Edit.send")) failed.toServer++;
    else {
      passed.toServer++;
      exchange(old, now, "args", seed);
    }
    if (breaks("clients that listen to Edit.pushed")) failed.toClient++;
    else {
      passed.toClient++;
      exchange(now, old, "pushed", seed);
    }
  });
  fc.assert(property, { numRuns: runs(500) });
  // Or the property would say nothing.
  for (const counts of [passed, failed]) {
    expect(Math.min(counts.toServer, counts.toClient)).toBeGreaterThan(runs(500) / 10);
  }
}, 120_000);
