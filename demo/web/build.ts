import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, context } from "esbuild";

const source = fileURLToPath(new URL("./", import.meta.url));
const target = fileURLToPath(new URL("./dist/", import.meta.url));

const options: BuildOptions = {
  absWorkingDir: source,
  entryPoints: ["main.ts", "index.html", "style.css", "icon.svg"],
  loader: { ".html": "copy", ".css": "copy", ".svg": "copy" },
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  const watching = await context(options);
  await watching.watch();
  // Whoever started it is gone when this ends.
  process.stdin.resume().once("end", () => process.exit());
} else {
  await rm(target, { recursive: true, force: true });
  await build(options);
}
