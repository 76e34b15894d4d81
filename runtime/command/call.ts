import type { Command } from "./command.js";
import { CommandError, UsageError } from "./command-error.js";
import { type JsonError, type JsonSession, openJsonSession } from "./json-session.js";
import {
  callableMethods,
  type Found,
  findMember,
  type Manifest,
  type ManifestMethod,
  readManifest,
} from "./manifest.js";
import { withProgress } from "./progress.js";
import { readArguments, readBareArguments } from "./read-arguments.js";
import { readWords } from "./read-words.js";
import { readSession, sessionFlags } from "./session-flags.js";
import { formatMethod } from "./signature.js";
import { formatRows, formatUsage, type Usage } from "./usage.js";

const usage: Usage = {
  synopsis: "call <Module.method> [argument…]",
  summary: "Calls a method of a running game and prints its result as JSON.",
  details: [
    "Arguments are JSON; where a parameter takes text, a bare word will do. Items of a stream are printed as they",
    "come, until Ctrl-C. A declared failure is printed with its fields, and ends the command with 1.",
    "With a method, --help says what it takes.",
  ].join("\n"),
  flags: {
    ...sessionFlags,
    timeout: { value: "seconds", about: "How long to wait for the answer (default: 10; streams: for ever)" },
  },
  examples: [
    "antwire call Chat.say lobby 'hello there' --user Ann",
    `antwire call Shop.buy '{"item":"sword","count":2}' --url wss://play.example.com/mqtt`,
    "antwire call Chat.say --help",
  ],
};

/** Calls a method from a shell. */
export const call: Command = {
  usage,
  async run(words) {
    // A negative number is no flag. No word of a shell has this character.
    const read = readWords(
      usage,
      words.map((word) => (/^-\.?\d/.test(word) ? `\0${word}` : word)),
    );
    const [target, ...args] = read.arguments.map((word) => word.replace("\0", ""));
    const manifest = await readManifest(read.text("generated"));
    if (target === undefined || read.wantsHelp) {
      process.stdout.write(`${help(manifest, target)}\n`);
      return 0;
    }
    const found = manifest === undefined ? undefined : find(manifest, target);
    const values =
      manifest === undefined || found === undefined
        ? readBareArguments(args)
        : withSignature(found, () => readArguments(args, found.member.parameters, manifest));
    const route = found?.route ?? readRoute(target);
    const options = readSession(read);
    const isStream = found?.member.kind === "stream";
    const seconds = read.number("timeout", { from: 1, to: 86_400 }) ?? (isStream ? undefined : 10);
    const session = await withProgress(`Connecting to ${options.url}`, openJsonSession(options));
    try {
      const answer = run(session, route, values);
      return await withProgress(`Waiting for ${target}`, within(seconds, answer));
    } finally {
      await session.close();
    }
  },
};

/** Returns the exit code. */
async function run(session: JsonSession, route: string, args: readonly unknown[]): Promise<number> {
  let code = 0;
  let isInterrupted = false;
  process.once("SIGINT", () => {
    isInterrupted = true;
    session.cancel();
  });
  await session.call(route, args, (reply) => {
    if ("ok" in reply) print(reply.ok);
    else if ("next" in reply) print(reply.next);
    else if ("error" in reply && !isInterrupted) code = tell(reply.error);
    return !("next" in reply);
  });
  return code;
}

function print(value: unknown): void {
  // Lines for programs, and something to look at for people.
  process.stdout.write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined)}\n`);
}

/** Says what an error says, and returns the exit code. */
function tell({ code, message, details }: JsonError): number {
  if (code === "failed" && details !== undefined) {
    const { type, ...fields } = details;
    process.stderr.write(`${type} ${JSON.stringify(fields)}\n`);
    return 1;
  }
  process.stderr.write(`antwire: ${code}: ${message}\n`);
  return code === "invalid-argument" ? 2 : 1;
}

async function within<T>(seconds: number | undefined, work: Promise<T>): Promise<T> {
  if (seconds === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new CommandError(`There was no answer within ${seconds} s.`)),
      seconds * 1000,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function find(manifest: Manifest, target: string): Found<ManifestMethod> {
  const found = findMember(manifest, target, { membersOf: ({ methods }) => methods, what: "method" });
  if (found.member.access !== "internal") return found;
  throw new UsageError(`${target} is for modules: it takes no session, so no client can call it.`);
}

function readRoute(target: string): string {
  const [module, method, extra] = target.split(".");
  if (module && method && extra === undefined) return `${module}/${method}`;
  throw new UsageError(`A method is called as Module.method, not ${JSON.stringify(target)}.`);
}

/** Adds the method's signature to what is wrong with its arguments. */
function withSignature<T>({ module, member }: Found<ManifestMethod>, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message} It is ${module.name}.${formatMethod(member)}.`);
  }
}

function help(manifest: Manifest | undefined, target: string | undefined): string {
  if (manifest === undefined) return formatUsage(usage);
  if (target === undefined) {
    const rows = manifest.modules.flatMap((module) =>
      callableMethods(module).map(
        ({ name, doc }) => [`${module.name}.${name}`, firstLine(doc.text)] as const,
      ),
    );
    return rows.length === 0 ? formatUsage(usage) : `${formatUsage(usage)}\n\nMethods:\n${formatRows(rows)}`;
  }
  const { module, member } = find(manifest, target);
  const failures = member.failures.map((failure) => `May fail with ${failure}.`);
  const access = member.access === "user" ? ["For sessions with a user: say who with --user."] : [];
  return [
    `${module.name}.${formatMethod(member)}`,
    ...[member.doc.text].filter((text) => text !== ""),
    ...failures,
    ...access,
  ].join("\n\n");
}

/** The first sentence, or as much of it as is in the first line. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
