import { pack, unpack } from "../../runtime/wire/msgpack.js";
import { dayCodec, profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const flat: Format<Profile> = {
  encode: (value) => pack(profileCodec.write(value)),
  decode: (bytes) => profileCodec.read(unpack(bytes)),
};

const nested: Format<Day> = {
  encode: (value) => pack(dayCodec.write(value)),
  decode: (bytes) => dayCodec.read(unpack(bytes)),
};

answer({ run: (assignment: Assignment) => measureCodec({ flat, nested }, assignment) });
