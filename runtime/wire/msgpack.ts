export { type PackedValue, pack, packForNow } from "./pack.js";
export { unpack, unpackRange } from "./unpack.js";
