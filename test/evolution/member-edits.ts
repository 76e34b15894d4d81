import type { Edit } from "./edit.js";

const module = (text: string) => `export interface Chat { ${text} }`;
const caller = "clients that call Chat.say";

/** Edits of modules. */
export const memberEdits: readonly Edit[] = [
  {
    what: "a method is added",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.Session): void; wave(session: idl.Session): void"),
    expected: [],
  },
  {
    what: "a method is removed",
    before: module("say(session: idl.Session): void; wave(session: idl.Session): void"),
    after: module("wave(session: idl.Session): void"),
    expected: [`breaking removed-method:Chat.say | ${caller}`],
  },
  {
    what: "a method is renamed",
    before: module("say(session: idl.Session): void"),
    after: module("/** @was say */ speak(session: idl.Session): void"),
    expected: ["note renamed-method:Chat.speak | source that names say"],
  },
  {
    what: "a module is renamed",
    before: module(
      "say(session: idl.Session): void; hear(session: idl.Session): void; readonly said: idl.Push<string>",
    ),
    after:
      "/** @was Chat */ export interface Talk { say(session: idl.Session): void; hear(session: idl.Session): void; readonly said: idl.Push<string> }",
    expected: ["note renamed-module:Talk | source that names Chat"],
  },
  {
    what: "a module is renamed, and what its methods return keeps its places",
    before: module("say(session: idl.Session): Promise<{ a: string; b: string }>"),
    after:
      "/** @was Chat */ export interface Talk { /** @was say */ tell(session: idl.Session): Promise<{ b: string; a: string }> }",
    expected: [
      "note renamed-method:Talk.tell | source that names say",
      "note renamed-module:Talk | source that names Chat",
    ],
  },
  {
    what: "a method is for modules only",
    before: module("say(session: idl.Session, a: string): Promise<void>"),
    after: module("say(a: string): Promise<void>"),
    expected: [`breaking internal-method:Chat.say | ${caller}`],
  },
  {
    what: "a method needs a user",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.UserSession): void"),
    expected: [`breaking tightened-access:Chat.say | ${caller}`],
  },
  {
    what: "a method needs no user any more",
    before: module("say(session: idl.UserSession): void"),
    after: module("say(session: idl.Session): void"),
    expected: [],
  },
  {
    what: "nobody waits for a method any more",
    before: module("say(session: idl.Session): Promise<void>"),
    after: module("say(session: idl.Session): void"),
    expected: [`breaking changed-kind:Chat.say | ${caller}`],
  },
  {
    what: "a method is answered from now on",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.Session): Promise<string>"),
    expected: [],
  },
  {
    what: "a result becomes a stream",
    before: module("say(session: idl.Session): Promise<string>"),
    after: module("say(session: idl.Session): AsyncIterable<string>"),
    expected: [`breaking changed-kind:Chat.say | ${caller}`],
  },
  {
    what: "the items of a stream change",
    before: module("say(session: idl.Session): AsyncIterable<string>"),
    after: module("say(session: idl.Session): AsyncIterable<Date>"),
    expected: [`breaking changed-type:Chat.say.returns | ${caller}`],
  },
  {
    what: "a result goes",
    before: module("say(session: idl.Session): Promise<string>"),
    after: module("say(session: idl.Session): Promise<void>"),
    expected: [`breaking changed-type:Chat.say.returns | ${caller}`],
  },
  {
    what: "a result comes",
    before: module("say(session: idl.Session): Promise<void>"),
    after: module("say(session: idl.Session): Promise<string>"),
    expected: [],
  },
  {
    what: "a result may be null",
    before: module("say(session: idl.Session): Promise<string>"),
    after: module("say(session: idl.Session): Promise<string | null>"),
    expected: [`breaking added-null:Chat.say.returns | ${caller}`],
  },
  {
    what: "a parameter is added",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.Session, a: string): void"),
    expected: [`breaking added-parameter:Chat.say.a | ${caller}`],
  },
  {
    what: "an optional parameter is added",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.Session, a?: string): void"),
    expected: [],
  },
  {
    what: "a parameter becomes required",
    before: module("say(session: idl.Session, a?: string): void"),
    after: module("say(session: idl.Session, a: string): void"),
    expected: [`breaking required-parameter:Chat.say.a | ${caller}`],
  },
  {
    what: "a parameter becomes optional",
    before: module("say(session: idl.Session, a: string): void"),
    after: module("say(session: idl.Session, a?: string): void"),
    expected: [],
  },
  {
    what: "an optional parameter becomes nullable",
    before: module("say(session: idl.Session, a?: string): void"),
    after: module("say(session: idl.Session, a?: string | null): void"),
    expected: [`breaking changed-absence:Chat.say.a | ${caller}`],
  },
  {
    what: "a parameter is removed",
    before: module("say(session: idl.Session, a: string, b: string): void"),
    after: module("say(session: idl.Session, a: string): void"),
    expected: ["note removed-parameter:Chat.say.b | source that calls Chat.say"],
  },
  {
    what: "parameters change places",
    before: module("say(session: idl.Session, a: string, b: string): void"),
    after: module("say(session: idl.Session, b: string, a: string): void"),
    expected: [
      `breaking moved-parameter:Chat.say.a | ${caller}`,
      `breaking moved-parameter:Chat.say.b | ${caller}`,
    ],
  },
  {
    what: "a parameter is put before another",
    before: module("say(session: idl.Session, a: string): void"),
    after: module("say(session: idl.Session, b: string, a: string): void"),
    expected: [`breaking moved-parameter:Chat.say.a | ${caller}`],
  },
  {
    what: "a parameter is renamed",
    before: module("say(session: idl.Session, a: string): void"),
    after: module("say(session: idl.Session, b: string): void"),
    expected: ["note renamed-parameter:Chat.say.b | source that calls Chat.say"],
  },
  {
    what: "a parameter is of another type",
    before: module("say(session: idl.Session, a: string): void"),
    after: module("say(session: idl.Session, a: string[]): void"),
    expected: [`breaking changed-type:Chat.say.a | ${caller}`],
  },
  {
    what: "a push is removed",
    before: module("say(session: idl.Session): void; readonly said: idl.Push<string>"),
    after: module("say(session: idl.Session): void"),
    expected: ["breaking removed-push:Chat.said | clients that listen to Chat.said"],
  },
  {
    what: "a push is renamed",
    before: module("readonly said: idl.Push<string>"),
    after: module("/** @was said */ readonly told: idl.Push<string>"),
    expected: ["note renamed-push:Chat.told | source that names said"],
  },
  {
    what: "a type that goes both ways changes",
    before: `interface Line { a: idl.uint8; b: string } ${module("say(session: idl.Session, line: Line): Promise<Line>; readonly said: idl.Push<Line>")}`,
    after: `interface Line { a: idl.uint16; b?: string } ${module("say(session: idl.Session, line: Line): Promise<Line>; readonly said: idl.Push<Line>")}`,
    expected: [
      "breaking optional-field:Line.b | clients that call Chat.say, clients that listen to Chat.said",
      "breaking widened:Line.a | clients that call Chat.say, clients that listen to Chat.said",
    ],
  },
  {
    what: "a failure is added",
    before: `interface Full extends idl.Failure { left: number } ${module("say(session: idl.Session): Promise<void>")}`,
    after: `interface Full extends idl.Failure { left: number } ${module("/** @throws {Full} */ say(session: idl.Session): Promise<void>")}`,
    expected: [],
  },
  {
    what: "a failure's field is removed",
    before: `interface Full extends idl.Failure { left: number } ${module("/** @throws {Full} */ say(session: idl.Session): Promise<void>")}`,
    after: `interface Full extends idl.Failure {} ${module("/** @throws {Full} */ say(session: idl.Session): Promise<void>")}`,
    expected: [`breaking removed-field:Full.left | ${caller}`],
  },
  {
    what: "a failure is renamed",
    before: `interface Full extends idl.Failure { left: number; at: Date } ${module("/** @throws {Full} */ say(session: idl.Session): Promise<void>")}`,
    after: `/** @was Full */ interface Taken extends idl.Failure { at: number; left: number } ${module("/** @throws {Taken} */ say(session: idl.Session): Promise<void>")}`,
    expected: [
      `breaking changed-type:Taken.at | ${caller}`,
      "note renamed-type:Taken | source that names Full",
    ],
  },
  {
    what: "a failure is renamed without @was",
    before: `interface Full extends idl.Failure { left: number } ${module("/** @throws {Full} */ say(session: idl.Session): Promise<void>")}`,
    after: `interface Taken extends idl.Failure { left: Date } ${module("/** @throws {Taken} */ say(session: idl.Session): Promise<void>")}`,
    expected: [],
  },
  {
    what: "a method for modules is removed",
    before: module("say(a: string): Promise<void>; hear(session: idl.Session): void"),
    after: module("hear(session: idl.Session): void"),
    expected: ["warning removed-method:Chat.say | nodes that call Chat.say"],
  },
  {
    what: "a method for modules changes",
    before: module("say(a: string): Promise<string>"),
    after: module("say(a: string, b: string): Promise<Date>"),
    expected: [
      "warning added-parameter:Chat.say.b | nodes that call Chat.say",
      "warning changed-type:Chat.say.returns | nodes that call Chat.say",
    ],
  },
  {
    what: "a method for modules opens to clients",
    before: module("say(a: string): void"),
    after: module("say(session: idl.Session, a: string): void"),
    expected: ["warning tightened-access:Chat.say | nodes that call Chat.say"],
  },
];
