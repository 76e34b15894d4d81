import { type Codec, nothing } from "../../runtime/codec/codec.js";
import { refuse } from "../../runtime/codec/refusal.js";
import type { FailureContract } from "../../runtime/contract/failure.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import type { PushContract } from "../../runtime/contract/push.js";
import type { Routes } from "../../runtime/contract/route.js";
import { DeclaredFailure } from "../../runtime/error/declared-failure.js";
import type { JsonForm } from "../../runtime/json/form.js";
import * as json from "../../runtime/json/forms.js";

// Two modules, described by hand as the generator would describe them.

/** Something said in a room. */
export interface Line {
  text: string;
  at: Date;
}

export const line: Codec<Line> = {
  write(value) {
    if (typeof value !== "object" || value === null) refuse("", "a Line", value);
    if (typeof value.text !== "string") refuse("text", "a string", value.text);
    if (!(value.at instanceof Date)) refuse("at", "a Date", value.at);
    return [value.text, value.at.getTime()];
  },
  read(wire) {
    if (!Array.isArray(wire)) refuse("", "a Line", wire);
    if (typeof wire[0] !== "string") refuse("text", "a string", wire[0]);
    if (typeof wire[1] !== "number") refuse("at", "a Date", wire[1]);
    return { text: wire[0], at: new Date(wire[1]) };
  },
  copy: (value) => line.read(line.write(value)),
};

const lineForm = json.object({ text: json.plain, at: json.date });

export class NameTaken extends DeclaredFailure {
  readonly owner: string;

  constructor(owner: string, message = "NameTaken") {
    super("NameTaken", message);
    this.owner = owner;
  }
}

const nameTaken: FailureContract<{ owner: string }> = {
  name: "NameTaken",
  type: NameTaken,
  codec: {
    write: ({ owner }) => [owner],
    read: (wire) => ({ owner: Array.isArray(wire) ? String(wire[0]) : "" }),
    copy: ({ owner }) => ({ owner }),
  },
  create: ({ owner }, message) => new NameTaken(owner, message),
};

/** A codec of arguments that are what they are on the wire. */
function checked<Args extends readonly unknown[]>(check: (args: readonly unknown[]) => Args): Codec<Args> {
  const read = (wire: unknown): Args => {
    if (!Array.isArray(wire)) refuse("", "the arguments", wire);
    return check(wire);
  };
  return { write: (args) => args, read, copy: read };
}

const noArguments = checked((): [] => []);

const oneString = (name: string) =>
  checked(([value]): [string] => {
    if (typeof value !== "string" || value.length < 1 || value.length > 20) {
      refuse(name, "a string of 1 to 20 characters", value);
    }
    return [value];
  });

const oneNumber = (name: string) =>
  checked(([value]): [number] => {
    if (typeof value !== "number") refuse(name, "a number", value);
    return [value];
  });

const aNumber: Codec<number> = {
  write(value) {
    if (typeof value !== "number") refuse("", "a number", value);
    return value;
  },
  read: (wire) => aNumber.copy(wire as number),
  copy: (value) => aNumber.write(value) as number,
};

const shared = { module: "Room", kind: "call", timeout: undefined, idempotent: false, failures: [] } as const;

export const enter: MethodContract<[string], void> = {
  ...shared,
  name: "enter",
  access: "session",
  parameters: ["name"],
  args: oneString("name"),
  result: nothing,
  failures: [nameTaken],
};

export const say: MethodContract<[text: string, at: Date | undefined], Line> = {
  ...shared,
  name: "say",
  access: "user",
  parameters: ["text", "at"],
  args: {
    write: ([text, at]) => [text, at?.getTime()],
    read: (wire) => {
      if (!Array.isArray(wire)) refuse("", "the arguments", wire);
      return say.args.copy([wire[0], typeof wire[1] === "number" ? new Date(wire[1]) : undefined]);
    },
    copy: ([text, at]) => {
      if (typeof text !== "string" || text.length > 500)
        refuse("text", "a string of at most 500 characters", text);
      if (at !== undefined && !(at instanceof Date)) refuse("at", "a Date", at);
      return [text, at];
    },
  },
  result: line,
};

export const wave: MethodContract<[number], void> = {
  ...shared,
  name: "wave",
  kind: "oneway",
  access: "session",
  parameters: ["times"],
  args: oneNumber("times"),
  result: nothing,
};

/** Ends when it is cancelled, or when the test says so. */
export const wait: MethodContract<[], number> = {
  ...shared,
  name: "wait",
  access: "session",
  parameters: [],
  args: noArguments,
  result: aNumber,
};

/** Remembers the number. */
export const note: MethodContract<[number], number> = {
  ...shared,
  name: "note",
  access: "session",
  parameters: ["number"],
  args: oneNumber("number"),
  result: aNumber,
};

/** Keeps the thread busy for so many milliseconds. */
export const labour: MethodContract<[number], number> = { ...note, name: "labour" };

/** Returns what its type does not allow. */
export const break_: MethodContract<[], number> = { ...wait, name: "break" };

/** Throws what it does not declare. */
export const fault: MethodContract<[], number> = { ...wait, name: "fault" };

/** Returns a large string. */
export const flood: MethodContract<[number], string> = {
  ...shared,
  name: "flood",
  access: "session",
  parameters: ["bytes"],
  args: oneNumber("bytes"),
  result: { write: (text) => text, read: String, copy: (text) => text },
};

/** For other modules only. */
export const secret: MethodContract<[], void> = {
  ...shared,
  name: "secret",
  access: "internal",
  parameters: [],
  args: noArguments,
  result: nothing,
};

export const top: MethodContract<[count: number], readonly string[]> = {
  ...shared,
  module: "Score",
  name: "top",
  access: "session",
  parameters: ["count"],
  args: oneNumber("count"),
  result: { write: (names) => names, read: (wire) => wire as string[], copy: (names) => [...names] },
};

export const said: PushContract<Line> = { module: "Room", name: "said", value: line };

export const moved: PushContract<number> = { module: "Score", name: "moved", value: aNumber };

export const routes: Routes = {
  methods: new Map([
    ["Room/enter", { method: enter, parameters: [json.plain], result: json.plain }],
    ["Room/say", { method: say, parameters: [json.plain, json.optional(json.date)], result: lineForm }],
    ["Room/wave", { method: wave, parameters: [json.plain], result: json.plain }],
    ["Room/wait", { method: wait, parameters: [], result: json.plain }],
    ["Room/note", { method: note, parameters: [json.plain], result: json.plain }],
    ["Room/labour", { method: labour, parameters: [json.plain], result: json.plain }],
    ["Room/break", { method: break_, parameters: [], result: json.plain }],
    ["Room/fault", { method: fault, parameters: [], result: json.plain }],
    ["Room/flood", { method: flood, parameters: [json.plain], result: json.plain }],
    ["Score/top", { method: top, parameters: [json.plain], result: json.array(json.plain) }],
  ]),
  pushes: new Map([
    ["Room/said", { push: said, value: lineForm }],
    ["Score/moved", { push: moved, value: json.plain }],
  ]),
  failures: new Map<string, JsonForm>([["NameTaken", json.object({ owner: json.plain })]]),
};
