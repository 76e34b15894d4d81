import { basename } from "node:path";
import { expect, test } from "vitest";
import { files, read } from "./source.js";

const topLevel = new Set([
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "vitest.config.ts",
  "biome.json",
  "antwire.config.ts",
  "build.ts",
  "README.md",
  "LICENSE",
  "idl",
  "generator",
  "runtime",
  "generated",
  "test",
  "demo",
  "bench",
  "docs",
]);

const source = files.filter((file) => /\.[cm]?[jt]sx?$/.test(file));

test("the top of the tree is as the design has it", () => {
  const entries = new Set(files.map((file) => file.split("/")[0] ?? ""));
  const strange = [...entries].filter((entry) => !topLevel.has(entry) && !entry.startsWith("."));
  expect(strange).toEqual([]);
});

test("names are in kebab-case", () => {
  const strange = source.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/.test(basename(file)));
  expect(strange).toEqual([]);
});

test("no file is a place for whatever fits nowhere", () => {
  const bags = source.filter((file) =>
    /^(utils?|helpers?|common|misc|shared|base|.*-manager)\./.test(basename(file)),
  );
  expect(bags).toEqual([]);
});

test("files of the runtime and the generator have at most 300 lines", () => {
  const long = source
    .filter((file) => /^(runtime|generator)\//.test(file) && !file.includes("/generated/"))
    .map((file) => ({ file, lines: read(file).split("\n").length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test("no file names a place on somebody's machine", () => {
  const text = files.filter(
    (file) => /\.([cm]?[jt]s|json|md|hbs|html|css|txt|ya?ml)$/.test(file) || file.startsWith(".ci/"),
  );
  const home = /(?<![\w.])\/(home|Users|root|work|tmp)\/[\w.-]+/;
  const placed = text.flatMap((file) => {
    const found = home.exec(read(file));
    return found === null ? [] : [`${file}: ${found[0]}`];
  });
  expect(placed).toEqual([]);
});
