import { basename, join, relative, resolve } from "node:path";
import { Codegen } from "./codegen.js";
import { UsageError } from "./command-line.js";
import { findObstacle } from "./init/find-obstacle.js";
import { findSpec, ownVersion } from "./init/find-spec.js";
import { printPackageJson } from "./init/print-package-json.js";
import { readTemplate } from "./init/read-template.js";
import { applyChanges } from "./write/apply-changes.js";

const help = `Makes a new game: two modules, a page and tests, which run as they are. Asks nothing.

  antwire init <dir>   the folder, which is made; one that is there has to be empty

  antwire init my-game
  cd my-game && npm install && npm test && npm start`;

/**
 * Writes a new game. Returns the exit code.
 *
 * @throws UsageError
 */
export async function init(words: readonly string[]): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    console.log(help);
    return 0;
  }
  const flag = words.find((word) => word.startsWith("-"));
  if (flag !== undefined) throw new UsageError(`there is no flag ${flag}`);
  const [folder, extra] = words;
  if (folder === undefined) throw new UsageError("name the folder to make, such as: antwire init my-game");
  if (extra !== undefined) throw new UsageError(`one folder is made, and ${extra} is one more`);
  const target = resolve(folder);
  const obstacle = findObstacle(target);
  if (obstacle !== undefined) throw new UsageError(`${folder} ${obstacle}`);
  const name = packageName(basename(target));
  const files = readTemplate(name);
  const spec = findSpec(process.cwd(), target);
  files.set("package.json", printPackageJson(name, spec));
  applyChanges(target, { write: files, remove: [] });
  const generated = await generate(target);
  console.log(
    `${join(folder, "")}: ${files.size + generated} files. Antwire ${ownVersion()} is from ${spec}.`,
  );
  const shown = relative(process.cwd(), target);
  const enter = shown === "" ? "" : `cd ${shown} && `;
  console.log(`\nNext: ${enter}npm install && npm test && npm start`);
  return 0;
}

/** What npm takes for a name. */
function packageName(folder: string): string {
  const name = folder.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return name.replace(/^-+|-+$/g, "") || "game";
}

/** Generates for the first time, so that the new game's tests run before anybody has read about the generator. */
async function generate(target: string): Promise<number> {
  const codegen = new Codegen({
    idl: join(target, "idl"),
    out: join(target, "generated"),
    shownFrom: target,
  });
  const plan = await codegen.plan();
  if (!plan.ok) throw new Error(`The new game does not compile: ${JSON.stringify(plan.diagnostics)}`);
  await codegen.apply(plan);
  return plan.out.write.size + plan.lock.write.size;
}
