import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import type { TypeDeclaration } from "../../generator/model/declaration.js";
import type { NumberFormat, Type } from "../../generator/model/type.js";
import { compilerTags, documentationTags } from "../../generator/read/tags.js";
import type { Routes } from "../../runtime/contract/route.js";
import { pack } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { constraintRows, declarations, otherNames, tagRows, typeRows } from "./idl-rows.js";
import { createSampleProject, type SampleProject } from "./sample-project.js";

// `UPDATE_DOCS=1 npx vitest run test/docs/idl.test.ts` writes the tables of docs/idl.md anew.
const url = new URL("../../docs/idl.md", import.meta.url);
const builtins = readFileSync(new URL("../../runtime/idl.ts", import.meta.url), "utf8");

/** The names that `antwire/idl` exports, with their comments. */
const exported = new Map(
  [...builtins.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])+)\*\/\nexport (?:type|interface) (\w+)/g)].map(
    ([, comment = "", name = ""]) => [name, comment.trim()],
  ),
);

/** All types at once: a method for each, which takes it. */
const samples = [
  ...typeRows.map(({ types: [type], value }) => ({ type, value })),
  ...constraintRows.map(([type, of, value]) => ({ type: `${of} & ${type}`, value })),
];
const idl = `import type {
  Session, ${[...exported.keys()].join(", ")}
} from "antwire/idl";
${declarations}
export interface Samples {
${samples.map(({ type }, i) => `  take${i}(session: Session, value: ${type}): Promise<void>;`).join("\n")}
}
`;

let project: SampleProject;
let routes: Routes;

beforeAll(async () => {
  project = await createSampleProject({ "idl/samples.d.ts": idl });
  const loaded = await project.load("generated/routes.js");
  routes = loaded.routes as Routes; // What this generated file exports.
});

afterAll(() => project[Symbol.asyncDispose]());

it("every name that antwire/idl exports is in a table, and no other", () => {
  const constraints = constraintRows.map(([type]) => type.replace(/<.*/, ""));
  const inTable = typeRows.flatMap(({ types }) => types).filter((type) => exported.has(type));
  expect([...inTable, ...constraints, ...otherNames].sort()).toEqual(
    [...new Set([...exported.keys(), "Session", "UserSession"])].sort(),
  );
  const text = readFileSync(url, "utf8");
  for (const name of otherNames) expect(text).toMatch(new RegExp(`^\\| .*\`.*\\b${name}\\b.*\` \\|`, "m"));
});

it("every tag that the compiler reads is in the table, and no other", () => {
  expect(Object.keys(tagRows)).toEqual(Object.keys(compilerTags));
});

it("every constraint is a type and a tag", () => {
  const names = constraintRows.map(([type]) => type.replace(/<.*/, ""));
  const tags = Object.keys(tagRows).filter((tag) => tagRows[tag]?.[1].startsWith("short for"));
  expect(tags.map((tag) => tag.charAt(0).toUpperCase() + tag.slice(1))).toEqual(names);
  for (const [i, tag] of tags.entries()) {
    const [example = ""] = tagRows[tag] ?? [];
    expect(constraintRows[i]?.[0].replaceAll('"', "")).toBe(
      `${names[i]}<${example.slice(example.indexOf(" ") + 1)}>`,
    );
  }
});

it("the table has every kind of type that the compiler's model knows", () => {
  // By the compiler of this file, each kind is named here.
  const kinds: Record<Type["kind"] | TypeDeclaration["definition"]["kind"], true> = {
    string: true,
    number: true,
    bigint: true,
    boolean: true,
    null: true,
    date: true,
    bytes: true,
    unknown: true,
    literals: true,
    array: true,
    tuple: true,
    record: true,
    map: true,
    set: true,
    nullable: true,
    ref: true,
    object: true,
    union: true,
    enum: true,
  };
  const formats: Record<NumberFormat, true> = {
    int8: true,
    int16: true,
    int32: true,
    uint8: true,
    uint16: true,
    uint32: true,
    float32: true,
    float64: true,
  };
  const types = project.model.modules.flatMap(({ methods }) =>
    methods.flatMap(({ parameters }) => parameters.map(({ type }) => type)),
  );
  const seen = [
    ...types.map(({ kind }) => kind),
    ...project.model.types.map(({ definition }) => definition.kind),
  ];
  expect(new Set(seen)).toEqual(new Set(Object.keys(kinds)));
  const seenFormats = types.flatMap((type) => (type.kind === "number" ? [type.format] : []));
  expect(new Set(seenFormats)).toEqual(new Set(Object.keys(formats)));
});

test.each(["declarations", "types", "constraints", "tags"] as const)(
  "docs/idl.md has the fresh %s",
  (name) => {
    const mark = `<!-- ${name} -->\n`;
    const text = readFileSync(url, "utf8");
    expect(text).toContain(mark);
    const body = write[name]();
    const block = new RegExp(`${mark}\n(?:\`\`\`ts\n[^]*?\n\`\`\`|(?:\\|.*\n)*\\|.*)\n|${mark}`);
    const fresh = text.replace(block, () => `${mark}\n${body}\n`);
    if (process.env.UPDATE_DOCS === "1" && fresh !== text) writeFileSync(url, fresh);
    expect(readFileSync(url, "utf8")).toBe(fresh);
  },
);

const write = {
  declarations: () => `\`\`\`ts\n${declarations.replaceAll("export ", "")}\n\`\`\``,

  types: () =>
    table(
      ["type", "what fits", "a value", "in MessagePack", "in JSON"],
      typeRows.map(({ types, value, about }, i) => [
        types.map(code).join(", "),
        about ?? asPart(exported.get(types[0])),
        code(valueText(types[0], value)),
        code(...wireForms(i, valueText(types[0], value)).slice(0, 1)),
        code(...wireForms(i, valueText(types[0], value)).slice(1)),
      ]),
    ),

  constraints: () =>
    table(
      ["type", "tag", "what it bounds"],
      constraintRows.map(([type, of], i) => {
        const name = type.replace(/<.*/, "");
        const [example = ""] = Object.values(tagRows)[i] ?? [];
        return [code(`${of} & ${type}`), code(example), asPart(exported.get(name)?.replace(/: `.*/, ""))];
      }),
    ),

  tags: () =>
    table(
      ["tag", "on", "what it means"],
      Object.entries(tagRows).map(([tag, [example, about]]) => [
        code(example),
        (compilerTags[tag] ?? []).map((place) => `a ${place}`).join(", "),
        about,
      ]),
    ),
};

it("docs/idl.md names the tags of TSDoc that pass", () => {
  const text = readFileSync(url, "utf8");
  const [, list = ""] = /TSDoc's own tags \((.*?)\)/s.exec(text) ?? [];
  expect([...list.matchAll(/@(\w+)/g)].map(([, tag]) => tag)).toEqual([...documentationTags]);
});

/** How the value is made: the wire's form of a map and a set stands in the rows. */
function valueText(type: string, value: string): string {
  const [, collection] = /^(Map|Set)</.exec(type) ?? [];
  return collection === undefined ? value : `new ${collection}(${value})`;
}

/** What the generated codec of a sample writes, in MessagePack and in JSON; and both are read back as the value. */
function wireForms(index: number, value: string): [string, string] {
  const route = routes.methods.get(`Samples/take${index}`);
  const form = route?.parameters[0];
  if (route === undefined || form === undefined) throw new Error(`There is no sample ${index}`);
  const made: unknown = new Function(`return (${value});`)();
  const args = route.method.args;
  const wire: unknown = unpack(pack(args.write([made])));
  expect(args.read(wire)).toEqual([made]);
  const json = JSON.stringify(form.toJson(made));
  expect(args.copy([form.fromJson(JSON.parse(json))])).toEqual([made]);
  return [notate((wire as readonly unknown[])[0]), spaced(json)]; // Arguments are an array on the wire.
}

/** A comment as a part of a sentence. */
function asPart(comment = ""): string {
  return `${comment.charAt(0).toLowerCase()}${comment.slice(1)}`.replace(/\.$/, "");
}

/** MessagePack for people. */
function notate(wire: unknown): string {
  if (wire === null || wire === undefined) return "nil";
  if (wire instanceof Uint8Array) return `bin ${Buffer.from(wire).toString("hex").replace(/..\B/g, "$& ")}`;
  if (Array.isArray(wire)) return `[${wire.map(notate).join(", ")}]`;
  if (typeof wire !== "object") return typeof wire === "bigint" ? String(wire) : JSON.stringify(wire);
  return `{${Object.entries(wire)
    .map(([key, value]) => `${JSON.stringify(key)}: ${notate(value)}`)
    .join(", ")}}`;
}

function spaced(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (all, text) => (text === undefined ? `${all} ` : all));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Code in a cell, whose `|` would end it. */
function code(text = ""): string {
  const fence = text.includes("`") ? "``" : "`";
  const inner = text.includes("`") ? ` ${text} ` : text;
  return `${fence}${inner.replaceAll("|", "\\|")}${fence}`;
}
