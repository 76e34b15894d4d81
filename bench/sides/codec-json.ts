import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const memory = Object.assign(Buffer.alloc(8192), { start: 0, end: 0 });

function json<T>(): Format<T> {
  return {
    encode(value) {
      memory.end = memory.write(JSON.stringify(value));
      return memory;
    },
    decode: (chunk, start, end) => JSON.parse(chunk.toString("utf8", start, end)),
  };
}

answer({
  run: (assignment: Assignment) => measureCodec({ flat: json<Profile>(), nested: json<Day>() }, assignment),
});
