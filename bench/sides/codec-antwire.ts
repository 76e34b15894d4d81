import { pack, unpack } from "../../runtime/wire/msgpack.js";
import { readDay, readProfile, writeDay, writeProfile } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const flat: Format<Profile> = {
  encode: (value) => pack(writeProfile(value)),
  decode: (bytes) => readProfile(unpack(bytes)),
};

const nested: Format<Day> = {
  encode: (value) => pack(writeDay(value)),
  decode: (bytes) => readDay(unpack(bytes)),
};

answer({ run: (assignment: Assignment) => measureCodec({ flat, nested }, assignment) });
