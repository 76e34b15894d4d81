import { cp, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const source = new URL("./", import.meta.url);
const target = new URL("./dist/", import.meta.url);

await rm(target, { recursive: true, force: true });
await mkdir(target);
for (const name of ["index.html", "style.css", "icon.svg"])
  await cp(new URL(name, source), new URL(name, target));
await build({
  entryPoints: [new URL("main.ts", source).pathname],
  outfile: new URL("main.js", target).pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
