import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a page of the demo loads to play, in bytes, minified and gzipped. */
export interface ClientWeight {
  /** The generated binding and what it stands on. */
  readonly whole: number;
  /** The generated binding alone. */
  readonly binding: number;
}

/** What a page may load at most, in bytes. */
export const clientWeightBars: ClientWeight = { whole: 14_000, binding: 6_000 };

/** Leaves the runtime out. */
const withoutRuntime: Plugin = {
  name: "without-runtime",
  setup({ onResolve }) {
    onResolve({ filter: /\/runtime\/generated\.js$/ }, () => ({ path: "antwire/generated", external: true }));
  },
};

export async function weighClient(): Promise<ClientWeight> {
  return {
    whole: gzipped(await bundleForBrowser('export * from "./generated/client.js"')),
    binding: gzipped(await bundleForBrowser('export * from "./generated/client.js"', [withoutRuntime])),
  };
}

/** A module at the root of the project, bundled as a page would have it. */
export async function bundleForBrowser(source: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: "ts" },
    platform: "browser",
    format: "esm",
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
    plugins,
  });
  return outputFiles[0]?.text ?? "";
}

function gzipped(text: string): number {
  return gzipSync(text).length;
}
