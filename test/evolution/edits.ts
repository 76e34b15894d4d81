import { declarationEdits } from "./declaration-edits.js";
import type { Edit, TypeEdit } from "./edit.js";
import { fieldEdits } from "./field-edits.js";
import { memberEdits } from "./member-edits.js";

/** A way that values take between client and server. */
interface Way {
  readonly what: string;
  readonly direction: "sent" | "read";
  /** What the module has that uses the type `Line`. */
  readonly member: string;
  /** Who is broken by a break, and who is told in a note. */
  readonly breaking: string;
  readonly note: string;
}

const ways: readonly Way[] = [
  {
    what: "in what clients send",
    direction: "sent",
    member: "say(session: idl.Session, line: Line): Promise<void>",
    breaking: "clients that call Chat.say",
    note: "source that calls Chat.say",
  },
  {
    what: "in what clients are answered",
    direction: "read",
    member: "ask(session: idl.Session): Promise<Line>",
    breaking: "clients that call Chat.ask",
    note: "source that calls Chat.ask",
  },
  {
    what: "in what clients hear",
    direction: "read",
    member: "readonly said: idl.Push<Line>",
    breaking: "clients that listen to Chat.said",
    note: "source that listens to Chat.said",
  },
];

function inAllWays([what, before, after, sent, read]: TypeEdit): Edit[] {
  return ways.map((way) => ({
    what: `${what}, ${way.what}`,
    before: `${before}\n export interface Chat { ${way.member}; }`,
    after: `${after}\n export interface Chat { ${way.member}; }`,
    expected: expectedOf(way.direction === "sent" ? sent : read, way),
  }));
}

function expectedOf(text: string, way: Way): string[] {
  const changes = text.split(", ").filter((change) => change !== "");
  return changes.map((change) => {
    if (!change.startsWith("note ")) return `breaking ${change} | ${way.breaking}`;
    return `${change} | ${change.includes("renamed-type") ? "source that names Note" : way.note}`;
  });
}

function ofFields([what, before, after, sent, read]: TypeEdit): TypeEdit {
  return [what, `interface Line { ${before} }`, `interface Line { ${after} }`, sent, read];
}

/** All edits that are tried. */
export const edits: readonly Edit[] = [
  ...fieldEdits.map(ofFields).flatMap(inAllWays),
  ...declarationEdits.flatMap(inAllWays),
  ...memberEdits,
];
