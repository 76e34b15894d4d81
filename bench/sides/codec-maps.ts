import { Packr, RESET_BUFFER_MODE, REUSE_BUFFER_MODE } from "msgpackr";
import type { PackedValue } from "../../runtime/wire/msgpack.js";
import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const packr = new Packr({ useRecords: false, mapsAsObjects: true });
const range = { start: 0, end: 0 };

function maps<T>(): Format<T> {
  return {
    // In these modes msgpackr returns its whole buffer, and tells by two fields where the value is.
    encode: (value) => packr.pack(value, REUSE_BUFFER_MODE | RESET_BUFFER_MODE) as PackedValue,
    decode(chunk, start, end) {
      range.start = start;
      range.end = end;
      return packr.unpack(chunk, range);
    },
  };
}

answer({
  run: (assignment: Assignment) => measureCodec({ flat: maps<Profile>(), nested: maps<Day>() }, assignment),
});
