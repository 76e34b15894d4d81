import { pack } from "../../runtime/wire/pack.js";
import { profileCodec } from "../generated/codecs/bench.js";
import type { Profile } from "../idl/bench.js";
import { profiles } from "../sample.js";

/** A profile that takes so many bytes on the wire. */
export function profileOfBytes(bytes: number): Profile {
  const [profile] = profiles;
  if (profile === undefined) throw new Error("there are profiles");
  for (let length = 0; length < bytes; length++) {
    const padded = { ...profile, motto: "a".repeat(length) };
    if (pack(profileCodec.write(padded)).length === bytes) return padded;
  }
  throw new Error(`no profile takes ${bytes} bytes`);
}
