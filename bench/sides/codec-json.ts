import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

function json<T>(): Format<T> {
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(decoder.decode(bytes)),
  };
}

const decoder = new TextDecoder();

answer({
  run: (assignment: Assignment) => measureCodec({ flat: json<Profile>(), nested: json<Day>() }, assignment),
});
