import { expect, test } from "vitest";
import { emptyLock, type Lock } from "../../generator/lock/lock.js";
import { parseLock } from "../../generator/lock/parse-lock.js";
import { printLock } from "../../generator/lock/print-lock.js";
import { type Change, changeId } from "../../generator/model/change.js";
import { compileIdl, compileValid } from "./compile-idl.js";

const chat = (line: string, say = "") => ({
  chat: `export interface Line { ${line} }
    export interface Chat { say(session: idl.Session${say}): Promise<Line>; readonly said: idl.Push<Line>; }`,
});

async function evolutionOf(
  files: Record<string, string>,
  lock: Lock = emptyLock,
  accept: readonly string[] = [],
) {
  return (await compileValid(files, { lock, accept })).evolution;
}

const ids = (changes: readonly Change[]) => changes.map(changeId);

test("what breaks nothing is taken for shipped from then on", async () => {
  const first = await evolutionOf(chat("text: string"));
  const second = await evolutionOf(chat("at: Date; text: string"), first.lock);
  expect(second.breaks).toEqual([]);
  expect(second.lock.types.Line).toEqual(["text", "at"]);
  const third = await evolutionOf(chat("text: string"), second.lock);
  expect(ids(third.breaks)).toEqual(["removed-field:Line.at"]);
});

test("a break leaves the lock as it was, so that it can be undone or called a renaming later", async () => {
  const { lock } = await evolutionOf(chat("text: string; at: Date"));
  const broken = await compileValid(chat("words: string; at: Date"), { lock });
  expect(ids(broken.evolution.breaks)).toEqual(["removed-field:Line.text"]);
  expect(broken.evolution.lock).toEqual(lock);
  // What is generated meanwhile reads the old places as empty.
  expect(broken.files.get("codecs/chat.js")).toContain("const words = wire[2];");

  const undone = await evolutionOf(chat("text: string; at: Date"), broken.evolution.lock);
  expect(undone).toMatchObject({ breaks: [], lock });
  const renamed = await compileValid(chat("/** @was text */ words: string; at: Date"), {
    lock: broken.evolution.lock,
  });
  expect(renamed.evolution.breaks).toEqual([]);
  expect(renamed.files.get("codecs/chat.js")).toContain("const words = wire[0];");
});

test("breaks are accepted one by one, and the lock moves on with the last", async () => {
  const { lock } = await evolutionOf(chat("text: string; at: Date"));
  const edited = chat("text: string", ", room: string");
  const all = ["added-parameter:Chat.say.room", "removed-field:Line.at"];
  expect(ids((await evolutionOf(edited, lock)).breaks)).toEqual(all);

  const half = await evolutionOf(edited, lock, ["removed-field:Line.at"]);
  expect(ids(half.breaks)).toEqual(["added-parameter:Chat.say.room"]);
  expect(half.lock).toEqual({ ...lock, accepted: ["removed-field:Line.at"] });

  const whole = await evolutionOf(edited, half.lock, ["added-parameter"]);
  expect(whole.breaks).toEqual([]);
  expect(whole.lock.accepted).toBeUndefined();
  expect(whole.lock.decisions).toEqual(all);
  expect(whole.lock.types.Line).toEqual(["text", null]);
  expect(await evolutionOf(edited, whole.lock)).toMatchObject({ breaks: [], lock: whole.lock });

  const next = await evolutionOf(chat("", ", room: string, at: Date"), whole.lock, ["all"]).catch(String);
  expect(next).toContain("has no fields");
  const later = await evolutionOf(chat("at: Date", ", room: string, at: Date"), whole.lock, ["all"]);
  expect(later.lock.decisions).toEqual([...all, "added-parameter:Chat.say.at", "removed-field:Line.text"]);
});

test("what was accepted and then undone is no decision", async () => {
  const { lock } = await evolutionOf(chat("text: string; at: Date"));
  const half = await evolutionOf(chat("text: string", ", room: string"), lock, ["removed-field"]);
  expect(half.lock.accepted).toEqual(["removed-field:Line.at"]);
  const undone = await evolutionOf(chat("text: string; at: Date"), half.lock);
  expect(undone.lock).toEqual(lock);
});

test("a name that no break has is not accepted in silence", async () => {
  const { lock } = await evolutionOf(chat("text: string; at: Date"));
  const accept = ["removed-field:Line.text", "removed-push", "removed-field"];
  const { unmatched } = await evolutionOf(chat("text: string"), lock, accept);
  expect(unmatched).toEqual(["removed-field:Line.text", "removed-push"]);
});

test("the place of a removed parameter is not given to another unnoticed", async () => {
  const { lock } = await evolutionOf(chat("text: string", ", room: string, loud?: boolean"));
  const without = await evolutionOf(chat("text: string", ", room: string"), lock);
  expect(without.breaks).toEqual([]);
  const reused = chat("text: string", ", room: string, times?: number");
  const again = await evolutionOf(reused, without.lock);
  expect(ids(again.breaks)).toEqual(["reused-parameter:Chat.say.times"]);
  const accepted = await evolutionOf(reused, without.lock, ["all"]);
  expect(await evolutionOf(reused, accepted.lock)).toMatchObject({ breaks: [], lock: accepted.lock });
});

test("a renaming of a renaming keeps the first name", async () => {
  const { lock } = await evolutionOf(chat("text: string"));
  const once = await evolutionOf(chat("/** @was text */ words: string"), lock);
  expect(once.lock.types.Line).toEqual(["text"]);
  const twice = await evolutionOf(chat("/** @was text */ content: string"), once.lock);
  expect(twice).toMatchObject({ breaks: [], lock: { types: { Line: ["text"] } } });
  const wrong = await compileIdl(chat("/** @was words */ content: string"), { lock: once.lock });
  expect(wrong).toMatchObject({ ok: false, diagnostics: [{ code: "IDL1501" }] });
  const dropped = await evolutionOf(chat("words: string"), once.lock);
  expect(ids(dropped.breaks)).toEqual(["removed-field:Line.text"]);
});

test("a renamed field keeps its place in what is made of its type, and may be part of new types", async () => {
  const picked = chat("text: string; at: Date", ', line: Pick<Line, "at" | "text">');
  const { lock } = await evolutionOf(picked);
  expect(lock.types.ChatSayLine).toEqual(["at", "text"]);
  const renamed = {
    chat: `export interface Line { at: Date; /** @was text */ words: string }
      export interface Other extends Line { more: string }
      export interface Chat {
        say(session: idl.Session, line: Pick<Line, "at" | "words">, other?: Partial<Line>): Promise<Line>;
        tell(session: idl.Session, other: Other): Promise<void>;
        readonly said: idl.Push<Line>;
      }`,
  };
  const next = await evolutionOf(renamed, lock);
  expect(next.breaks).toEqual([]);
  expect(next.lock.types).toMatchObject({
    ChatSayLine: ["at", "text"],
    ChatSayOther: ["at", "text"],
    Other: ["more", "at", "text"],
  });
});

test("instantiations of a generic with fields of their own share its places, the same in each run", async () => {
  const files = {
    flags: `interface A { a: string; b: string } interface B { c: string }
      type Flags<T> = { [K in keyof T]: boolean };
      export interface Flagged { get(session: idl.Session, a: Flags<A>): Promise<Flags<B>>; }`,
  };
  const first = await evolutionOf(files);
  expect(first.lock.types.Flags).toEqual(["a", "b", "c"]);
  expect((await evolutionOf(files, first.lock)).lock).toEqual(first.lock);
});

test("a lock of the time before it knew what was shipped is taken as it is", async () => {
  const old = parseLock('{ "version": 1, "types": { "Line": ["text", "gone"] } }');
  const { breaks, lock } = await evolutionOf(chat("at: Date; text: string"), old);
  expect(breaks).toEqual([]);
  expect(lock.types.Line).toEqual(["text", null, "at"]);
  expect(lock.shipped?.types.Line).toBeDefined();
});

test("the text of a lock is stable, and reads back as what it was", async () => {
  const { lock } = await evolutionOf(chat("text: string; at?: Date | null", ", room?: string"));
  const withHistory = { ...lock, decisions: ["removed-push:Chat.left"], accepted: ["narrowed:Line.text"] };
  const text = printLock(withHistory);
  expect(parseLock(text)).toEqual(withHistory);
  expect(printLock(parseLock(text))).toBe(text);
  const reordered = await evolutionOf(chat("at?: Date | null; text: string", ", room?: string"), lock);
  expect(printLock(reordered.lock)).toBe(printLock(lock));
});

test.each([
  ["[]"],
  ['{ "version": 2, "types": {} }'],
  ['{ "version": 1, "types": { "Line": "text" } }'],
  ['{ "version": 1, "types": {}, "shipped": { "methods": {}, "types": {} } }'],
  ['{ "version": 1, "types": {}, "decisions": [1] }'],
])("%s is no lock", (text) => {
  expect(() => parseLock(text)).toThrow("it is no lock file of version 1");
});
