import type { Codec } from "../../runtime/codec/codec.js";
import { type Packed, packForNow } from "../../runtime/wire/pack.js";
import { unpackArguments } from "../../runtime/wire/unpack.js";
import { dayCodec, profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import { type Assignment, type Format, measureCodec } from "./codec.js";

function antwire<T>(codec: Codec<T>): Format<T, Packed> {
  return {
    encode: (value) => packForNow(codec.write(value)),
    bytesOf: ({ bytes, length }) => bytes.subarray(0, length),
    decode: (chunk, start, end) => codec.read(unpackArguments(chunk, start, end)),
  };
}

answer({
  run: (assignment: Assignment) =>
    measureCodec({ flat: antwire(profileCodec), nested: antwire(dayCodec) }, assignment),
});
