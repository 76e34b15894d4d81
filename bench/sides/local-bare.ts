import { answer } from "../harness/answer.js";
import { measureAsync } from "../harness/measure.js";
import type { Profile } from "../idl/bench.js";
import { profiles, rotate } from "../sample.js";

async function pass(profile: Profile): Promise<Profile> {
  return profile;
}

const next = rotate(profiles);

answer({ run: (seconds: number) => measureAsync(seconds, () => pass(next())) });
