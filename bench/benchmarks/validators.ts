import type { Plugin } from "esbuild";
import type { Bar, Benchmark, Comparison, Runner, Sample, Side } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";
import { typiaTransform } from "../harness/typia-transform.js";
import type { Shape } from "../sides/validators/inputs.js";
import type { Operation } from "../sides/validators/validator.js";

const shapes = {
  flat: "a flat object of ten fields",
  nested: "nested objects",
  bounded: "an object with bounds, a pattern and a date",
} as const;

const titles = { accept: "check", copy: "check and copy", refuse: "refuse" } as const;
const subjects = { accept: "guard", copy: "check and copy", refuse: "refuse with the path" } as const;

const asFast: Bar = { kind: "faster", times: 1 };

/** What it costs to tell values that fit from others. All sides refuse the same bad inputs, for the same field. */
export const validators: Benchmark = {
  name: "validators",
  title: "Validators: generated guards and copies against libraries",
  comparisons: (["flat", "nested", "bounded"] as const).flatMap((shape) => [
    compareValidators(shape, "accept"),
    compareValidators(shape, "copy"),
    compareValidators(shape, "refuse"),
  ]),
};

function compareValidators(shape: Shape, operation: Operation): Comparison {
  const side = (label: string, file: string, plugins: Plugin[] = []): Side => ({
    label,
    open: () => openSide(`validators/${file}`, shape, operation, plugins),
  });
  return {
    title: `${titles[operation]} ${shapes[shape]}`,
    floor: side("typia", "typia", [typiaTransform]),
    rivals: [side("TypeBox", "typebox"), side("ajv", "ajv"), side("valibot", "valibot")],
    subject: side(subjects[operation], "antwire"),
    bars: [asFast],
  };
}

async function openSide(
  file: string,
  shape: Shape,
  operation: Operation,
  plugins: Plugin[],
): Promise<Runner> {
  await requireStrict(file, plugins);
  const child = await startChild(file, plugins);
  return {
    run: (seconds) => child.request<Sample>("run", { shape, operation, seconds }),
    close: child.close,
  };
}

const strict = new Set<string>();

/**
 * Throws where a side accepts what others refuse. In a process of its own: engines make worse code for
 * functions that have seen all sorts of values.
 */
async function requireStrict(file: string, plugins: Plugin[]): Promise<void> {
  if (strict.has(file)) return;
  const child = await startChild(file, plugins);
  await child.request("check");
  await child.close();
  strict.add(file);
}
