import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import { oneByOne } from "../../harness/load.js";

async function pass(profile: Profile): Promise<Profile> {
  return profile;
}

answer({ open() {}, ...oneByOne(pass) });
