import { commands } from "./commands.js";
import { callableMethods, type ManifestModule, readManifest } from "./manifest.js";

/**
 * What may stand in the place of the last word.
 *
 * @param words all after `antwire`, the last one as far as it has been typed
 */
export async function completions(words: readonly string[]): Promise<readonly string[]> {
  const [name = "", ...rest] = words;
  const last = words.at(-1) ?? "";
  return (await candidates(name, rest)).filter((word) => word.startsWith(last));
}

async function candidates(name: string, rest: readonly string[]): Promise<readonly string[]> {
  if (rest.length === 0) return Object.keys(commands);
  const last = rest.at(-1) ?? "";
  if (last.startsWith("-")) {
    const command = await commands[name]?.load();
    return Object.keys({ ...command?.usage?.flags, help: {} }).map((flag) => `--${flag}`);
  }
  const isFirst = rest.filter((word) => !word.startsWith("-")).length === 1;
  if (!isFirst) return [];
  if (name === "call") return names((module) => callableMethods(module));
  if (name === "listen") return names(({ pushes }) => pushes);
  return name === "completion" ? ["bash", "zsh", "fish"] : [];
}

async function names(membersOf: (module: ManifestModule) => readonly { readonly name: string }[]) {
  const manifest = await readManifest();
  return (manifest?.modules ?? []).flatMap((module) =>
    membersOf(module).map(({ name }) => `${module.name}.${name}`),
  );
}
