import { Packr } from "msgpackr";
import { answer } from "../harness/answer.js";
import type { Day, Profile } from "../idl/bench.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

const packr = new Packr({ useRecords: false, mapsAsObjects: true });

function maps<T>(): Format<T> {
  return { encode: (value) => packr.pack(value), decode: (bytes) => packr.unpack(bytes) };
}

answer({
  run: (assignment: Assignment) => measureCodec({ flat: maps<Profile>(), nested: maps<Day>() }, assignment),
});
