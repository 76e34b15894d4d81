import { firstLine } from "./call.js";
import type { Command } from "./command.js";
import { UsageError } from "./command-error.js";
import { openJsonSession } from "./json-session.js";
import { findMember, type Manifest, readManifest } from "./manifest.js";
import { withProgress } from "./progress.js";
import { readWords } from "./read-words.js";
import { readSession, sessionFlags } from "./session-flags.js";
import { formatPush } from "./signature.js";
import { formatRows, formatUsage, type Usage } from "./usage.js";

const usage: Usage = {
  synopsis: "listen <Module.push>",
  summary: "Prints what a module pushes to this session, a line of JSON each, until Ctrl-C.",
  details: "Modules decide whom they push to: often only users, so say who you are with --user.",
  flags: { ...sessionFlags, count: { value: "n", about: "End after so many" } },
  examples: ["antwire listen Chat.said --user Ann", "antwire listen Arena.moved --count 1"],
};

/** Prints pushes. */
export const listen: Command = {
  usage,
  async run(words) {
    const read = readWords(usage, words);
    const manifest = await readManifest(read.text("generated"));
    const [target] = read.arguments;
    if (target === undefined || read.wantsHelp) {
      process.stdout.write(`${help(manifest)}\n`);
      return 0;
    }
    const route = readRoute(manifest, target);
    const wanted = read.number("count", { from: 1, to: 1_000_000_000 });
    const options = readSession(read);
    const session = await withProgress(`Connecting to ${options.url}`, openJsonSession(options));
    const interrupted = new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });
    let heard = 0;
    const done = session.listen(route, (json) => {
      process.stdout.write(`${json}\n`);
      return ++heard === wanted;
    });
    try {
      await Promise.race([done, interrupted]);
    } finally {
      await session.close();
    }
    return 0;
  },
};

function readRoute(manifest: Manifest | undefined, target: string): string {
  if (manifest !== undefined) {
    return findMember(manifest, target, { membersOf: ({ pushes }) => pushes, what: "push" }).route;
  }
  const [module, push, extra] = target.split(".");
  if (module && push && extra === undefined) return `${module}/${push}`;
  throw new UsageError(`A push is called Module.push, not ${JSON.stringify(target)}.`);
}

function help(manifest: Manifest | undefined): string {
  const rows = (manifest?.modules ?? []).flatMap((module) =>
    module.pushes.map((push) => [`${module.name}.${formatPush(push)}`, firstLine(push.doc.text)] as const),
  );
  return rows.length === 0 ? formatUsage(usage) : `${formatUsage(usage)}\n\nPushes:\n${formatRows(rows)}`;
}
