import { packForNow, unpackRange } from "../../runtime/wire/msgpack.js";
import { dayCodec, profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const flat: Format<Profile> = {
  encode: (value) => packForNow(profileCodec.write(value)),
  decode: (chunk, start, end) => profileCodec.read(unpackRange(chunk, start, end)),
};

const nested: Format<Day> = {
  encode: (value) => packForNow(dayCodec.write(value)),
  decode: (chunk, start, end) => dayCodec.read(unpackRange(chunk, start, end)),
};

answer({ run: (assignment: Assignment) => measureCodec({ flat, nested }, assignment) });
