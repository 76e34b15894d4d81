import { Packr, RESET_BUFFER_MODE, REUSE_BUFFER_MODE } from "msgpackr";
import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const packr = new Packr({ useRecords: false, mapsAsObjects: true });
const range = { start: 0, end: 0 };

/** In these modes msgpackr returns its whole buffer, and tells by two fields where the value is. */
const intoSharedBuffer = REUSE_BUFFER_MODE | RESET_BUFFER_MODE;
type Shared = Buffer & { readonly start: number; readonly end: number };

function maps<T>(): Format<T, Shared> {
  return {
    encode: (value) => packr.pack(value, intoSharedBuffer) as Shared,
    bytesOf: (shared) => shared.subarray(shared.start, shared.end),
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
