import { describe, expect, test } from "vitest";
import { hueOf } from "../../demo/game/hue.js";
import { tidyName } from "../../demo/game/name.js";
import { Roster } from "../../demo/game/roster.js";

describe("the roster", () => {
  test("gives each session a user of its own", () => {
    const roster = new Roster("t");
    const ann = roster.enter("s1", "Ann");
    const bea = roster.enter("s2", "Bea");
    if ("taken" in ann || "taken" in bea) throw new Error("the names are free");
    expect(ann.userId).not.toBe(bea.userId);
    expect(roster.nameOf(ann.userId)).toBe("Ann");
    expect(ann.hue).toBe(hueOf(ann.userId));
  });

  test.each(["Ann", "ann", "ANN", "Ａnn"])(
    "refuses %s while Ann plays, and says how she writes her name",
    (name) => {
      const roster = new Roster("t");
      roster.enter("s1", "Ann");
      expect(roster.enter("s2", name)).toEqual({ taken: "Ann" });
    },
  );

  test("renames a session that entered before, and frees its old name", () => {
    const roster = new Roster("t");
    const before = { ...roster.enter("s1", "Ann") };
    expect(roster.enter("s1", "Bea")).toEqual({ ...before, name: "Bea" });
    expect(roster.enter("s2", "Ann")).toMatchObject({ name: "Ann" });
  });

  test("lets a player write the own name in another way", () => {
    const roster = new Roster("t");
    roster.enter("s1", "ann");
    expect(roster.enter("s1", "Ann")).toMatchObject({ name: "Ann" });
    expect(roster.enter("s2", "ann")).toEqual({ taken: "Ann" });
  });

  test("keeps the name of a player who asked for one that was taken", () => {
    const roster = new Roster("t");
    roster.enter("s1", "Ann");
    roster.enter("s2", "Bea");
    roster.enter("s2", "Ann");
    expect(roster.enter("s3", "Bea")).toEqual({ taken: "Bea" });
  });

  test("frees the name and forgets the user when the session has ended", () => {
    const roster = new Roster("t");
    const ann = roster.enter("s1", "Ann");
    if ("taken" in ann) throw new Error("the name is free");
    roster.leave("s1");
    roster.leave("s1");
    expect(roster.nameOf(ann.userId)).toBeUndefined();
    expect(roster.enter("s2", "Ann")).toMatchObject({ name: "Ann" });
  });
});

test.each([
  ["  Ann  ", "Ann"],
  ["Amber \t\n Ant", "Amber Ant"],
  ["\u202eAnn\u0000\u200b", "Ann"],
  [" \u200b ", ""],
  ["Zoë", "Zoë"],
])("the name %j is shown as %j", (name, shown) => {
  expect(tidyName(name)).toBe(shown);
});

test("users that come one after the other get colours far apart", () => {
  for (let i = 1; i < 50; i++) {
    const difference = Math.abs(hueOf(`x1-${i}`) - hueOf(`x1-${i + 1}`));
    expect(Math.min(difference, 360 - difference)).toBeGreaterThan(90);
  }
});
