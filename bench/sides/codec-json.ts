import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const memory = Buffer.alloc(8192);

function json<T>(): Format<T, number> {
  return {
    encode: (value) => memory.write(JSON.stringify(value)),
    bytesOf: (length) => memory.subarray(0, length),
    decode: (chunk, start, end) => JSON.parse(chunk.toString("utf8", start, end)),
  };
}

answer({
  run: (assignment: Assignment) => measureCodec({ flat: json<Profile>(), nested: json<Day>() }, assignment),
});
