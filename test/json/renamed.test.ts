import { expect, it } from "vitest";
import * as json from "../../runtime/json/forms.js";

const line = json.renamed(
  { words: "text", at: "when" },
  json.object({ words: json.plain, at: json.date }, ["at"]),
);

it("shows renamed fields under the names that clients know", () => {
  expect(line.toJson({ words: "hi", at: new Date(5) })).toEqual({ text: "hi", when: 5 });
  expect(line.toJson({ words: "hi" })).toEqual({ text: "hi" });
});

it("takes renamed fields under the names that clients know, and under no others", () => {
  expect(line.fromJson({ text: "hi", when: 5 })).toEqual({ words: "hi", at: new Date(5) });
  expect(line.fromJson({ text: "hi", at: 5, words: "no" })).toEqual({ words: "hi" });
  expect(line.fromJson({ words: "no" })).toEqual({});
});

it("leaves alone what is no object", () => {
  for (const value of [null, 5, "text", ["text"]]) {
    expect(line.fromJson(value)).toEqual(value);
    expect(line.toJson(value)).toEqual(value);
  }
});

it("renames what tells the members of a union apart, in each of them", () => {
  const member = (name: string) =>
    json.renamed({ kind: "type" }, json.object({ kind: json.plain, [name]: json.date }));
  const union = json.renamed(
    { kind: "type" },
    json.discriminated("kind", { a: member("first"), b: member("second") }),
  );
  const value = { kind: "b", second: new Date(5) };
  expect(union.toJson(value)).toEqual({ type: "b", second: 5 });
  expect(union.fromJson({ type: "b", second: 5 })).toEqual(value);
  expect(union.fromJson({ kind: "b", second: 5 })).toEqual({ second: 5 });
});

it("takes no prototype from JSON", () => {
  const value = line.fromJson(JSON.parse('{ "text": "hi", "__proto__": { "polluted": true } }'));
  expect(value).toEqual({ words: "hi" });
  expect(Reflect.get(value as object, "polluted")).toBeUndefined();
});
