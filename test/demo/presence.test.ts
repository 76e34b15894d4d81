import { expect, test } from "vitest";
import { Presence } from "../../demo/game/presence.js";

test("a user is gone when the last of the user's sessions is", () => {
  const presence = new Presence();
  presence.add("s1", "ann");
  presence.add("s1", "ann");
  presence.add("s2", "ann");
  expect(presence.remove("s1")).toBeUndefined();
  expect(presence.has("s1")).toBe(false);
  expect(presence.has("s2")).toBe(true);
  expect(presence.remove("s2")).toBe("ann");
  expect(presence.remove("s2")).toBeUndefined();
});

test("a session that nobody saw takes nobody away", () => {
  const presence = new Presence();
  presence.add("s1", "ann");
  expect(presence.remove("s2")).toBeUndefined();
  expect(presence.has("s1")).toBe(true);
});
