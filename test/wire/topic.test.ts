import { expect, test } from "vitest";
import { isCallId, readCallTopic, readCancelTopic } from "../../runtime/wire/topic.js";

test.each([
  ["rpc/Chat/say/1", { route: "Chat/say", id: "1" }],
  ["rpc/Chat/say", { route: "Chat/say", id: undefined }],
  ["rpc/Chat/say/", { route: "Chat/say", id: "" }],
  ["rpc/Chat@room-1/say/1", { route: "Chat@room-1/say", id: "1" }],
  ["rpc/Chat", undefined],
  ["rpc/", undefined],
  ["rpc", undefined],
  ["rpc/Chat/say/1/2", undefined],
  ["rpc/Chat/say/1/", undefined],
  ["/rpc/Chat/say/1", undefined],
  ["re/1", undefined],
])("the topic %s of a call", (topic, expected) => {
  expect(readCallTopic(topic)).toEqual(expected);
});

test("the topic of a cancellation", () => {
  expect(readCancelTopic("cancel/1")).toBe("1");
  expect(readCancelTopic("cancel/")).toBe("");
  expect(readCancelTopic("cancelled/1")).toBeUndefined();
});

test("an id is 1 to 32 letters, digits, dashes and underscores", () => {
  expect(["a", "Z", "0", "-", "_", "a".repeat(32)].map(isCallId)).not.toContain(false);
  expect(
    ["", "a".repeat(33), "a b", "é", "a/b", "a.b", "a\u0000", "a\n", "@", "[", "`", "{", "/", ":"].map(
      isCallId,
    ),
  ).not.toContain(true);
});
