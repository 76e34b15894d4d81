import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import Handlebars from "handlebars";
import ts from "typescript";
import { templateOptions } from "./generator/templates/compile-template.js";

// What `npm pack` packs. TypeScript checks the runtime and writes its declarations; esbuild writes the code, as few
// chunks that all doors share: as one file for each source it took 0.15 s more to start. The generator is a program
// with its tools inside. Installed as packages they would be more than all other packages together.

const root = import.meta.dirname;
const dist = join(root, "dist");
const packageJson: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
  await readFile(join(root, "package.json"), "utf8"),
);

/** What every build of this package has in common. */
const common = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "node20",
  // What is installed beside it.
  external: Object.keys(packageJson.dependencies),
  logLevel: "error",
} satisfies BuildOptions;

/** Here `#socket` leads to sources. In the package the same choice is made among compiled files, under another name. */
const compiledSocket: Plugin = {
  name: "compiled-socket",
  setup({ onResolve }) {
    onResolve({ filter: /^#socket$/ }, () => ({ path: "#compiled-socket", external: true }));
  },
};

/** ts-morph's copy of TypeScript is not bundled: see `minifyTypeScript`. */
const typescriptApart: Plugin = {
  name: "typescript-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/typescript$/ }, () => ({ path: "./typescript.cjs", external: true }));
  },
};

/** What a CommonJS module exports is asked of it at each use, in each file that imports it; a constant is not. */
const constantTsMorph: Plugin = {
  name: "constant-ts-morph",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^ts-morph$/, namespace: "file" }, () => ({
      path: "ts-morph",
      namespace: "constant",
    }));
    onLoad({ filter: /.*/, namespace: "constant" }, () => ({
      contents: 'export const { FileSystemRefreshResult, Project, ts } = require("ts-morph");',
      resolveDir: root,
    }));
  },
};

/** Templates are compiled here, so that neither they nor their compiler have to be packed. */
const compiledTemplates: Plugin = {
  name: "compiled-templates",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]compile-template\.ts$/ }, async ({ path }) => {
      const folder = dirname(path);
      const files = (await readdir(folder)).filter((file) => file.endsWith(".hbs"));
      const specifications = await Promise.all(
        files.map(async (file) => {
          const source = await readFile(join(folder, file), "utf8");
          return `${JSON.stringify(basename(file, ".hbs"))}: ${Handlebars.precompile(source, templateOptions)}`;
        }),
      );
      return {
        contents: [
          'import Handlebars from "handlebars/runtime";',
          `const specifications = {${specifications.join(",\n")}};`,
          "export const compileTemplate = (name) => Handlebars.template(specifications[name]);",
        ].join("\n"),
        resolveDir: folder,
      };
    });
  },
};

await rm(dist, { recursive: true, force: true });
declareRuntime();
await bundleRuntime();
await bundleGenerator();
await minifyTypeScript();
await copyTexts();

function declareRuntime(): void {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {
      noEmit: false,
      rootDir: root,
      outDir: dist,
      declaration: true,
      emitDeclarationOnly: true,
      declarationMap: true,
    },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic]) },
  );
  if (config === undefined) throw new Error("There is no tsconfig.json");
  const ownFiles = config.fileNames.filter((file) => file.startsWith(`${join(root, "runtime")}${sep}`));
  const program = ts.createProgram(ownFiles, config.options);
  const { diagnostics } = program.emit();
  fail([...ts.getPreEmitDiagnostics(program), ...diagnostics]);
}

function fail(diagnostics: readonly ts.Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  const host = { ...ts.sys, getCurrentDirectory: () => root, getCanonicalFileName: (file: string) => file };
  console.error(ts.formatDiagnostics(diagnostics, { ...host, getNewLine: () => "\n" }));
  process.exit(1);
}

async function bundleRuntime(): Promise<void> {
  await build({
    ...common,
    // All of them in one folder, as the chunks are, so that a file beside another one is so wherever its code has gone.
    entryPoints: {
      index: "runtime/index.ts",
      idl: "runtime/idl.ts",
      client: "runtime/client.ts",
      generated: "runtime/generated.ts",
      testing: "runtime/testing/index.ts",
      bots: "runtime/bots/index.ts",
      "socket-browser": "runtime/client/socket-browser.ts",
      "socket-node": "runtime/client/socket-node.ts",
      command: "runtime/command/main.ts",
      worker: "runtime/process/worker.ts",
      "bots-worker": "runtime/bots/worker.ts",
    },
    outdir: "dist/runtime",
    // What is for browsers must not use what only Node has, and what is for Node alone may: both resolve the same here.
    platform: "neutral",
    packages: "external",
    plugins: [compiledSocket],
    sourcemap: true,
    sourcesContent: false,
  });
}

async function bundleGenerator(): Promise<void> {
  const { metafile } = await build({
    ...common,
    entryPoints: ["generator/main.ts"],
    outdir: "dist/generator",
    // Names stay long, for stack traces. Short ones with the long beside them (`keepNames`) made a run a tenth slower.
    minifyWhitespace: true,
    minifySyntax: true,
    platform: "node",
    legalComments: "eof",
    metafile: true,
    plugins: [typescriptApart, constantTsMorph, compiledTemplates],
    // For the CommonJS modules inside, which a module of ECMAScript has to give these names.
    banner: {
      js: [
        'import { createRequire as createRequireHere } from "node:module";',
        'import { fileURLToPath as toPathHere } from "node:url";',
        "const require = createRequireHere(import.meta.url);",
        "const __filename = toPathHere(import.meta.url);",
      ].join("\n"),
    },
  });
  await writeLicences(Object.keys(metafile.inputs));
}

/**
 * TypeScript's compiler as a file of its own, where all of it is parsed once. Inside a bundle it is the body of a
 * function, which V8 first skims and then parses: 0.2 s more to start.
 */
async function minifyTypeScript(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { typescript: "node_modules/@ts-morph/common/dist/typescript.js" },
    outdir: "dist/generator",
    outExtension: { ".js": ".cjs" },
    minify: true,
    platform: "node",
    target: "node20",
    legalComments: "eof",
    logLevel: "error",
  });
}

/** The licences of what is inside the bundle ask for their texts to go with it. */
async function writeLicences(inputs: readonly string[]): Promise<void> {
  const inside = new Set(
    inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
  );
  // It has TypeScript's compiler inside.
  if (inside.has("@ts-morph/common")) inside.add("typescript");
  const texts = await Promise.all([...inside].sort().map(readLicence));
  await writeFile(join(dist, "generator/LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

async function readLicence(name: string): Promise<string> {
  const folder = join(root, "node_modules", name);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (file !== undefined) return `${name}\n\n${await readFile(join(folder, file), "utf8")}`;
  const { license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return `${name}\n\nLicense: ${license}\n`;
}

/** What the generator reads beside its own code. */
async function copyTexts(): Promise<void> {
  const generator = join(dist, "generator");
  await mkdir(join(dist, "docs"));
  await cp(join(root, "docs/errors.md"), join(dist, "docs/errors.md"));
  await cp(join(root, "generator/init/template"), join(generator, "template"), { recursive: true });
}
