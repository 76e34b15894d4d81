/** An edit of an interface file, and what it does. */
export interface Edit {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** `breaking removed-push:Chat.said | clients that listen to Chat.said`, the worst first. */
  readonly expected: readonly string[];
}

const sent = (line: string) =>
  `${line}\n export interface Chat { say(session: idl.Session, line: Line): Promise<void>; }`;
const heard = (line: string) => `${line}\n export interface Chat { readonly said: idl.Push<Line>; }`;

/** Edits of a type, with what they do to those who send it, and to those who hear it. */
type TypeEdit = readonly [what: string, before: string, after: string, sent: string, heard: string];

const fields = (text: string) => `interface Line { ${text} }`;

/** Edits of `interface Line { … }`. */
const fieldEdits: readonly TypeEdit[] = [
  ["nothing", "a: string", "a: string", "", ""],
  ["fields change their order", "a: string; b: number", "b: number; a: string", "", ""],
  ["a required field is added", "a: string", "b: number; a: string", "added-field:Line.b", ""],
  ["a nullable field is added", "a: string", "a: string; b: string | null", "added-field:Line.b", ""],
  ["an optional field is added", "a: string", "a: string; b?: number", "", ""],
  [
    "a required field is removed",
    "a: string; b: string",
    "a: string",
    "note removed-field:Line.b",
    "removed-field:Line.b",
  ],
  ["an optional field is removed", "a: string; b?: string", "a: string", "note removed-field:Line.b", ""],
  [
    "a field is renamed without @was",
    "a: string; b: string",
    "a: string; c: string",
    "added-field:Line.c, note removed-field:Line.b",
    "removed-field:Line.b",
  ],
  [
    "a field is renamed",
    "a: string; b: string",
    "a: string; /** @was b */ c: string",
    "note renamed-field:Line.c",
    "note renamed-field:Line.c",
  ],
  ["a field becomes optional", "a: string", "a?: string", "", "optional-field:Line.a"],
  ["a field becomes required", "a?: string", "a: string", "required-field:Line.a", ""],
  ["a field becomes nullable", "a: string", "a: string | null", "", "added-null:Line.a"],
  ["a field stops being nullable", "a: string | null", "a: string", "removed-null:Line.a", ""],
  ["a nullable field becomes optional", "a: string | null", "a?: string", "", "optional-field:Line.a"],
  ["an optional field becomes nullable", "a?: string", "a: string | null", "required-field:Line.a", ""],
  [
    "an optional field becomes nullable too",
    "a?: string",
    "a?: string | null",
    "changed-absence:Line.a",
    "changed-absence:Line.a",
  ],
  [
    "an optional and nullable field becomes required",
    "a?: string | null",
    "a: string | null",
    "changed-absence:Line.a",
    "changed-absence:Line.a",
  ],
  ["a field is of another type", "a: string", "a: number", "changed-type:Line.a", "changed-type:Line.a"],
  ["a date becomes a number", "a: Date", "a: number", "changed-type:Line.a", "changed-type:Line.a"],
  ["an integer becomes wider", "a: idl.uint8", "a: idl.uint16", "", "widened:Line.a"],
  ["an integer becomes narrower", "a: idl.int32", "a: idl.int16", "narrowed:Line.a", ""],
  ["an integer loses its sign", "a: idl.int16", "a: idl.uint16", "narrowed:Line.a", "widened:Line.a"],
  ["an integer becomes any number", "a: idl.uint32", "a: number", "", "widened:Line.a"],
  ["a number becomes of single precision", "a: number", "a: idl.float32", "narrowed:Line.a", ""],
  [
    "bounds come together",
    "/** @minimum 0 @maximum 9 */ a: number",
    "/** @minimum 1 @maximum 9 */ a: number",
    "narrowed:Line.a",
    "",
  ],
  [
    "bounds of single precision stay",
    "/** @maximum 0.1 */ a: idl.float32",
    "/** @maximum 0.1 */ a: idl.float32",
    "",
    "",
  ],
  [
    "bounds round away from each other",
    "/** @maximum 0.1 */ a: number",
    "/** @maximum 0.1 */ a: idl.float32",
    "narrowed:Line.a",
    "",
  ],
  ["an integer becomes a bigint", "a: idl.uint32", "a: bigint", "", "changed-type:Line.a"],
  [
    "a signed integer becomes an unsigned bigint",
    "a: idl.int32",
    "a: idl.uint64",
    "narrowed:Line.a",
    "changed-type:Line.a",
  ],
  ["a bigint becomes a number", "a: bigint", "a: number", "changed-type:Line.a", "changed-type:Line.a"],
  ["a bigint gets a format", "a: bigint", "a: idl.int64", "narrowed:Line.a", ""],
  [
    "a text gets longer",
    "/** @maxLength 9 */ a: string",
    "/** @maxLength 99 */ a: string",
    "",
    "widened:Line.a",
  ],
  ["a text gets a least length", "a: string", "/** @minLength 1 */ a: string", "narrowed:Line.a", ""],
  ["a text gets a pattern", "a: string", "/** @pattern ^a$ */ a: string", "narrowed:Line.a", ""],
  [
    "a text gets another pattern",
    "/** @pattern ^a$ */ a: string",
    "/** @pattern ^b$ */ a: string",
    "narrowed:Line.a",
    "widened:Line.a",
  ],
  ["an array gets a bound", "a: string[]", "/** @maxItems 9 */ a: string[]", "narrowed:Line.a", ""],
  ["an array becomes a set", "a: string[]", "a: Set<string>", "", ""],
  [
    "an array with bounds becomes a set",
    "/** @minItems 1 */ a: string[]",
    "a: Set<string>",
    "",
    "widened:Line.a",
  ],
  ["an array's items change", "a: string[]", "a: Date[]", "changed-type:Line.a", "changed-type:Line.a"],
  ["a tuple gets an element", "a: [string]", "a: [string, number]", "narrowed:Line.a", ""],
  ["a tuple gets an optional element", "a: [string]", "a: [string, number?]", "", ""],
  ["a tuple gets a rest", "a: [string]", "a: [string, ...string[]]", "", ""],
  ["a tuple loses an element", "a: [string, number]", "a: [string]", "", "widened:Line.a"],
  [
    "a tuple's element changes",
    "a: [string, number]",
    "a: [string, Date]",
    "changed-type:Line.a",
    "changed-type:Line.a",
  ],
  ["a tuple becomes an array", "a: [string, string]", "a: string[]", "", "widened:Line.a"],
  [
    "a record's values change",
    "a: Record<string, idl.uint8>",
    "a: Record<string, idl.uint16>",
    "",
    "widened:Line.a",
  ],
  ["a map's keys change", "a: Map<idl.uint16, string>", "a: Map<idl.uint8, string>", "narrowed:Line.a", ""],
  [
    "a record becomes a map",
    "a: Record<string, string>",
    "a: Map<string, string>",
    "changed-type:Line.a",
    "changed-type:Line.a",
  ],
  ["literals come and go", 'a: "x" | "y"', 'a: "y" | "z"', "removed-value:Line.a", "added-value:Line.a"],
  ["literals become any text", 'a: "x" | "yy"', "a: string", "", "widened:Line.a"],
  [
    "literals become a text that is too short for them",
    'a: "x" | "yy"',
    "/** @maxLength 1 */ a: string",
    "removed-value:Line.a",
    "widened:Line.a",
  ],
  ["a literal becomes a boolean", "a: true", "a: boolean", "", "widened:Line.a"],
  ["a boolean becomes a literal", "a: boolean", "a: true", "narrowed:Line.a", ""],
  ["anything goes", "a: string", "a: unknown", "", "changed-type:Line.a"],
  ["anything went", "a: unknown", "a: string", "changed-type:Line.a", ""],
  [
    "what looks otherwise on the wire becomes anything",
    "a: Date",
    "a: unknown",
    "changed-type:Line.a",
    "changed-type:Line.a",
  ],
  [
    "an optional field becomes anything",
    "a?: string",
    "a?: unknown",
    "changed-absence:Line.a",
    "changed-absence:Line.a",
  ],
  ["bytes become a text", "a: Uint8Array", "a: string", "changed-type:Line.a", "changed-type:Line.a"],
  [
    "a type without a name loses a field",
    "a: { b: string; c: string }",
    "a: { c: string }",
    "note removed-field:LineA.b",
    "removed-field:LineA.b",
  ],
  [
    "a type without a name moves",
    "a: { b: string; c: string }",
    "z: { c: string; b: string }",
    "added-field:Line.z, note removed-field:Line.a",
    "removed-field:Line.a",
  ],
  [
    "a renamed field keeps the places of what it holds",
    "a: { b: string; c: string }",
    "/** @was a */ z: { c: string; b: string }",
    "note renamed-field:Line.z",
    "note renamed-field:Line.z",
  ],
];

/** Edits of all that stands before a module. */
const declarationEdits: readonly TypeEdit[] = [
  [
    "a type is renamed",
    "interface Line { note: Note } interface Note { a: string; b: number }",
    "interface Line { note: Page } /** @was Note */ interface Page { b: number; a: string }",
    "note renamed-type:Page",
    "note renamed-type:Page",
  ],
  [
    "a type is renamed without @was",
    "interface Line { note: Note } interface Note { a: string; b: number }",
    "interface Line { note: Page } interface Page { a: string; b: number }",
    "",
    "",
  ],
  [
    "a type is renamed and mixed up",
    "interface Line { note: Note } interface Note { a: string; b: string }",
    "interface Line { note: Page } interface Page { b: string; a: string }",
    "moved-field:Page.a, moved-field:Page.b",
    "moved-field:Page.a, moved-field:Page.b",
  ],
  [
    "a recursive type changes",
    "interface Line { a: string; more: Line[] }",
    "interface Line { a: number; more: Line[] }",
    "changed-type:Line.a",
    "changed-type:Line.a",
  ],
  [
    "two types contain each other",
    "interface Line { note?: Note } interface Note { line?: Line; a: string }",
    "interface Line { note?: Note } interface Note { line?: Line; a?: string }",
    "",
    "optional-field:Note.a",
  ],
  [
    "an object becomes a union",
    "interface Line { a: string }",
    "type Line = { a: string } | string",
    "changed-type:Chat.say.line",
    "changed-type:Chat.said",
  ],
  [
    "a member joins a union",
    'type Line = Circle | Square; interface Circle { kind: "circle" } interface Square { kind: "square" }',
    'type Line = Page | Circle | Square; interface Circle { kind: "circle" } interface Square { kind: "square" } interface Page { kind: "page" }',
    "",
    "added-member:Line.page",
  ],
  [
    "a member leaves a union",
    'type Line = Circle | Square | string; interface Circle { kind: "circle" } interface Square { kind: "square" }',
    'type Line = Circle | Square; interface Circle { kind: "circle" } interface Square { kind: "square" }',
    "removed-member:Line.string",
    "",
  ],
  [
    "a member of a union changes",
    "type Line = string | number",
    "type Line = string | idl.uint8",
    "narrowed:Line",
    "",
  ],
  [
    "a literal joins a union",
    'type Line = string[] | "all"',
    'type Line = string[] | "all" | "none"',
    "",
    "added-value:Line",
  ],
  [
    "a value joins an enum",
    "export declare enum Mood { Happy, Sad } interface Line { mood: Mood }",
    "export declare enum Mood { Happy, Sad, Angry } interface Line { mood: Mood }",
    "",
    "added-value:Line.mood",
  ],
  [
    "an enum's member is renamed",
    "export declare enum Mood { Happy } interface Line { mood: Mood }",
    "export declare enum Mood { Glad } interface Line { mood: Mood }",
    "",
    "",
  ],
  [
    "an enum becomes a number",
    "export declare enum Mood { Happy } interface Line { mood: Mood }",
    "interface Line { mood: idl.uint8 }",
    "",
    "widened:Line.mood",
  ],
  [
    "a generic's field changes",
    "interface Page<T> { items: T[]; at: string } interface Line { page: Page<string>; other: Page<number> }",
    "interface Page<T> { at: Date; items: T[] } interface Line { page: Page<string>; other: Page<number> }",
    "changed-type:PageNumber.at, changed-type:PageString.at",
    "changed-type:PageNumber.at, changed-type:PageString.at",
  ],
];

const module = (text: string) => `export interface Chat { ${text} }`;
const caller = (name = "Chat.say") => `clients that call ${name}`;

/** Edits of modules. */
const memberEdits: readonly Edit[] = [
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
    expected: [`breaking removed-method:Chat.say | ${caller()}`],
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
    expected: [`breaking internal-method:Chat.say | ${caller()}`],
  },
  {
    what: "a method needs a user",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.UserSession): void"),
    expected: [`breaking tightened-access:Chat.say | ${caller()}`],
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
    expected: [`breaking changed-kind:Chat.say | ${caller()}`],
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
    expected: [`breaking changed-kind:Chat.say | ${caller()}`],
  },
  {
    what: "the items of a stream change",
    before: module("say(session: idl.Session): AsyncIterable<string>"),
    after: module("say(session: idl.Session): AsyncIterable<Date>"),
    expected: [`breaking changed-type:Chat.say.returns | ${caller()}`],
  },
  {
    what: "a result goes",
    before: module("say(session: idl.Session): Promise<string>"),
    after: module("say(session: idl.Session): Promise<void>"),
    expected: [`breaking changed-type:Chat.say.returns | ${caller()}`],
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
    expected: [`breaking added-null:Chat.say.returns | ${caller()}`],
  },
  {
    what: "a parameter is added",
    before: module("say(session: idl.Session): void"),
    after: module("say(session: idl.Session, a: string): void"),
    expected: [`breaking added-parameter:Chat.say.a | ${caller()}`],
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
    expected: [`breaking required-parameter:Chat.say.a | ${caller()}`],
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
    expected: [`breaking changed-absence:Chat.say.a | ${caller()}`],
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
      `breaking moved-parameter:Chat.say.a | ${caller()}`,
      `breaking moved-parameter:Chat.say.b | ${caller()}`,
    ],
  },
  {
    what: "a parameter is put before another",
    before: module("say(session: idl.Session, a: string): void"),
    after: module("say(session: idl.Session, b: string, a: string): void"),
    expected: [`breaking moved-parameter:Chat.say.a | ${caller()}`],
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
    expected: [`breaking changed-type:Chat.say.a | ${caller()}`],
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
    expected: [`breaking removed-field:Full.left | ${caller()}`],
  },
  {
    what: "a failure is renamed",
    before: `interface Full extends idl.Failure { left: number; at: Date } ${module("/** @throws {Full} */ say(session: idl.Session): Promise<void>")}`,
    after: `/** @was Full */ interface Taken extends idl.Failure { at: number; left: number } ${module("/** @throws {Taken} */ say(session: idl.Session): Promise<void>")}`,
    expected: [
      `breaking changed-type:Taken.at | ${caller()}`,
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

const audiences = {
  sent: { breaking: "clients that call Chat.say", note: "source that calls Chat.say" },
  heard: { breaking: "clients that listen to Chat.said", note: "source that listens to Chat.said" },
};

function expectedOf(text: string, way: keyof typeof audiences): string[] {
  return text
    .split(", ")
    .filter((one) => one !== "")
    .map((one) => {
      if (!one.startsWith("note ")) return `breaking ${one} | ${audiences[way].breaking}`;
      return `${one} | ${one.includes("renamed-type") ? "source that names Note" : audiences[way].note}`;
    });
}

function bothWays(edits: readonly TypeEdit[], declare: (text: string) => string): Edit[] {
  return edits.flatMap(([what, before, after, whenSent, whenHeard]) => [
    {
      what: `${what}, in what clients send`,
      before: sent(declare(before)),
      after: sent(declare(after)),
      expected: expectedOf(whenSent, "sent"),
    },
    {
      what: `${what}, in what clients hear`,
      before: heard(declare(before)),
      after: heard(declare(after)),
      expected: expectedOf(whenHeard, "heard"),
    },
  ]);
}

export const edits: readonly Edit[] = [
  ...bothWays(fieldEdits, fields),
  ...bothWays(declarationEdits, (text) => text),
  ...memberEdits,
];
