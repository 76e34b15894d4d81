import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("a client in a browser weighs at most 14 kB gzipped and needs neither Node nor eval", async () => {
  const bundle = await build({
    entryPoints: ["generated/client.ts"],
    platform: "browser",
    format: "esm",
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const [file] = bundle.outputFiles;
  expect(gzipSync(file?.contents ?? "").length).toBeLessThanOrEqual(14_000);
  expect(file?.text).not.toMatch(/\beval\(|\bFunction\(|node:|msgpackr/);
});
