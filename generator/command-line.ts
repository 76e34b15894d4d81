import { parseArgs } from "node:util";
import { nearest } from "./model/nearest.js";
import { isPacked } from "./packed.js";
import { type Format, formats } from "./report/format.js";

/** What the command was told to do. */
export type Command =
  | { readonly name: "generate"; readonly options: GenerateFlags & { readonly check: boolean } }
  | { readonly name: "watch"; readonly options: GenerateFlags }
  | { readonly name: "explain"; readonly codes: readonly string[] };

const targets = ["js", "ts"] as const;
type Target = (typeof targets)[number];

interface GenerateFlags {
  readonly idl: string;
  readonly out: string;
  readonly accept: readonly string[];
  readonly strict: boolean;
  readonly target?: Target;
  readonly format: Format;
}

/** A command line that makes no sense. The message is one line. */
export class UsageError extends Error {
  override get name(): string {
    return "UsageError";
  }
}

const text = { type: "string", multiple: true } as const;
const flag = { type: "boolean" } as const;
const known = {
  idl: text,
  out: text,
  check: flag,
  watch: flag,
  strict: flag,
  target: text,
  format: text,
  accept: text,
  help: { ...flag, short: "h" },
} as const;

const codegen = isPacked ? "antwire codegen" : "npm run codegen --";
const explain = isPacked ? "antwire explain" : "npm run codegen -- explain";

const help = `Compiles interface files to stubs, skeletons, codecs, routes and client bindings.

  ${codegen} [flags]
  ${explain} <code>…   say more about diagnostics, with examples

  --idl <dir>        the folder with the .d.ts files (default: idl)
  --out <dir>        the folder for what is generated (default: generated)
  --check            write nothing; fail if what is generated is not up to date, or breaks what is shipped
  --watch            go on: generate again after each edit, until interrupted
  --strict           take warnings for errors, and look for what has no bound in what clients send
  --target <target>  js: JavaScript with .d.ts files beside it (default); ts: TypeScript, which you compile
  --format <format>  report as ${formats.join(", ")} (default: text)
  --accept <rule>    accept a break: all, a rule, or rule:path as it is reported; may be repeated

Ends with 0, with 1 where something is wrong with the interface files or --check fails, and with 2 where it could not run.

  ${codegen} --check --strict --format github
  ${codegen} --idl shared/idl --out shared/generated --watch
  ${explain} IDL1108`;

const explainHelp = `Says more about diagnostics: what is wrong, and how it is mended, with examples.

  ${explain} <code>…   the codes, as reports have them

  ${explain} IDL1108
  ${explain} IDL1108 IDL1202`;

/**
 * Reads a command line as Node has it in `process.argv`. Undefined where it asks for help, which is printed.
 *
 * @throws UsageError
 */
export function readCommandLine(argv: readonly string[]): Command | undefined {
  const { values, positionals } = parse(argv.slice(2));
  if (values.help) {
    console.log(positionals[0] === "explain" ? explainHelp : help);
    return undefined;
  }
  const [name, ...codes] = positionals;
  if (name === undefined) return readFlags(values);
  if (name !== "explain") throw new UsageError(`there is no command ${name}`);
  if (codes.length === 0) throw new UsageError("explain takes a code, such as IDL1108");
  if (Object.keys(values).length > 0) throw new UsageError("explain takes no flags");
  return { name, codes };
}

type Flags = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: known, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // What follows the first sentence is advice for arguments that begin with a dash.
    const [told = ""] = /^[^.\n]*/.exec(error.message) ?? [];
    const isUnknown = "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    throw new UsageError(isUnknown ? `${told}${suggestFlag(told)}` : told);
  }
}

function suggestFlag(told: string): string {
  const word = /'--([^']+)'/.exec(told)?.[1] ?? "";
  const near = nearest(word, Object.keys(known));
  return near && near.distance <= 2 ? `; did you mean --${near.word}?` : "";
}

function readFlags(flags: Flags): Command {
  const { check = false, watch = false, strict = false, accept = [] } = flags;
  if (check && accept.length > 0)
    throw new UsageError("--accept writes the lock, and --check writes nothing");
  if (watch && accept.length > 0) throw new UsageError("--accept decides once, and --watch goes on");
  if (watch && check) throw new UsageError("--check looks once, and --watch goes on");
  const options = {
    idl: readOnce("idl", flags.idl) ?? "idl",
    out: readOnce("out", flags.out) ?? "generated",
    format: readFormat(readOnce("format", flags.format) ?? "text"),
    accept,
    strict,
    ...readTarget(readOnce("target", flags.target)),
  };
  return watch ? { name: "watch", options } : { name: "generate", options: { ...options, check } };
}

function readOnce(name: string, values: readonly string[] = []): string | undefined {
  if (values.length > 1) throw new UsageError(`--${name} is there twice`);
  // Shells make this of a variable that is not set.
  if (values[0] === "") throw new UsageError(`--${name} is empty`);
  return values[0];
}

function readTarget(value: string | undefined): { target?: Target } {
  if (value === undefined) return {};
  const target = targets.find((one) => one === value);
  if (!target) throw new UsageError(`--target ${value} is none of ${targets.join(", ")}`);
  return { target };
}

function readFormat(value: string): Format {
  const format = formats.find((one) => one === value);
  if (!format) throw new UsageError(`--format ${value} is none of ${formats.join(", ")}`);
  return format;
}
