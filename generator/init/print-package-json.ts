/** The package.json of a new game. */
export function printPackageJson(name: string, antwire: string): string {
  const bundle =
    "esbuild page/main.ts --bundle --minify --format=esm --outfile=public/main.js --log-level=warning";
  const json = {
    name,
    version: "0.0.0",
    private: true,
    type: "module",
    scripts: {
      codegen: "antwire codegen",
      "build:page": bundle,
      // What `start --watch` runs beside the game.
      "watch:page": `${bundle} --watch`,
      // Apart from what they start, so that signals reach that: a shell that runs two programs keeps them.
      prestart: "npm run --silent build:page",
      start: "antwire start",
      dev: "antwire start --watch",
      test: "node --import tsx --test test/*.test.ts",
      check: "antwire check",
    },
    dependencies: { antwire },
    devDependencies: {
      "@types/node": "^20.19.0",
      esbuild: "^0.28.0",
      tsx: "^4.23.0",
      typescript: "^6.0.0",
    },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
