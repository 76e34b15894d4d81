import { parseArgs } from "node:util";
import { UsageError } from "./command-error.js";
import { didYouMean } from "./nearest.js";
import type { Flag, Usage } from "./usage.js";

/** What a command was told. */
export interface Words {
  /** What is no flag. */
  readonly arguments: readonly string[];
  /** Whether it was asked for its help. Nothing else has been checked then. */
  readonly wantsHelp: boolean;
  /** Whether a flag without a value is there. */
  has(flag: string): boolean;
  /** The value of a flag. */
  text(flag: string): string | undefined;
  /**
   * The value of a flag that is a whole number.
   *
   * @throws UsageError where it is none of this range
   */
  number(flag: string, range: { readonly from: number; readonly to: number }): number | undefined;
}

/**
 * Reads the words after a command's name. What follows `--` is no flag.
 *
 * @throws UsageError
 */
export function readWords(usage: Usage, words: readonly string[]): Words {
  const { synopsis, flags } = usage;
  const known: Readonly<Record<string, Flag>> = { ...flags, help: { about: "" } };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  // Not strict, because its own words for what is wrong have advice for other commands in them.
  const { tokens, positionals } = parseArgs({
    args: words.map((word) => (word === "-h" ? "--help" : word)),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string | undefined>();
  const wantsHelp = tokens.some((token) => token.kind === "option" && token.name === "help");
  for (const token of tokens) {
    if (token.kind !== "option" || wantsHelp) continue;
    const { name, rawName, value, inlineValue } = token;
    const flag = known[name];
    if (flag === undefined || !rawName.startsWith("--")) {
      const near = didYouMean(name, Object.keys(known), "--");
      throw new UsageError(`There is no flag ${rawName}.${near}`);
    }
    if (values.has(name)) throw new UsageError(`--${name} is there twice.`);
    if (flag.value === undefined && value !== undefined) throw new UsageError(`--${name} takes no value.`);
    // What looks like the next flag is one: somebody forgot the value.
    const isMissing = value === undefined || value === "" || (!inlineValue && value.startsWith("--"));
    if (flag.value !== undefined && isMissing) {
      throw new UsageError(`--${name} takes a value: --${name} <${flag.value}>.`);
    }
    values.set(name, value);
  }
  if (!wantsHelp) checkCount(synopsis, positionals);
  return {
    arguments: positionals,
    wantsHelp,
    has: (flag) => values.has(flag),
    text: (flag) => values.get(flag),
    number(flag, { from, to }) {
      const value = values.get(flag);
      if (value === undefined) return undefined;
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= from && number <= to) return number;
      throw new UsageError(`--${flag} takes a number from ${from} to ${to}, not ${JSON.stringify(value)}.`);
    },
  };
}

/** As many arguments as the synopsis has places for. */
function checkCount(synopsis: string, given: readonly string[]): void {
  const places = synopsis.match(/<[^>]+>|\[[^\]]+\]/g) ?? [];
  const missing = places.find((place, i) => place.startsWith("<") && i >= given.length);
  if (missing !== undefined) throw new UsageError(`${missing} is missing.`);
  const isOpen = places.at(-1)?.includes("…") ?? false;
  const extra = isOpen ? undefined : given[places.length];
  if (extra !== undefined) throw new UsageError(`${JSON.stringify(extra)} is one word too many.`);
}
