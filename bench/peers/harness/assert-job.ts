import { deepEqual, rejects } from "node:assert/strict";
import type { Profile } from "../../idl/bench.js";
import { profiles } from "../../sample.js";

/**
 * What a peer checks of the object before its handler sees it: `types` are the fields' presence, their types, and the
 * union of literals; `types and ranges` also those of whole numbers up to their last value.
 */
export type Checks = "nothing" | "types" | "types and ranges";

/** The job: takes the ten-field object, and answers with it. */
export type Call = (profile: Profile) => Promise<unknown>;

const { motto: _, ...withoutMotto } = good();

const wrongTypes: readonly object[] = [
  withoutMotto,
  { ...good(), name: 7 },
  { ...good(), team: "purple" },
  { ...good(), level: -1 },
  { ...good(), level: 1.5 },
  { ...good(), online: "yes" },
];

const outOfRange: readonly object[] = [
  { ...good(), level: 256 },
  { ...good(), hue: 65_536 },
  { ...good(), points: 2 ** 32 },
];

/** What a peer with these checks has to refuse. */
export function badProfiles(checks: Checks): readonly object[] {
  if (checks === "nothing") return [];
  return checks === "types" ? wrongTypes : [...wrongTypes, ...outOfRange];
}

/** Rejects unless good objects come back equal and, where the peer checks them, bad ones are refused. */
export async function assertJob(call: Call, checks: Checks): Promise<void> {
  for (const profile of profiles) deepEqual(await call(profile), profile);
  for (const bad of badProfiles(checks)) {
    // That it is no profile is the point.
    await rejects(call(bad as Profile), `not refused: ${JSON.stringify(bad)}`);
  }
  // A refusal must not have broken anything.
  deepEqual(await call(good()), good());
}

function good(): Profile {
  const [profile] = profiles;
  if (profile === undefined) throw new Error("there are no profiles");
  return profile;
}
