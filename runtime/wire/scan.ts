/**
 * Arrays and maps nest at most this deep on the wire. That is more than the 64 levels that codecs take,
 * because one value may need three levels of MessagePack: its own array, a union's `[index, value]` and
 * the `[value]` of a field that is optional and nullable.
 */
export const maxWireDepth = 256;

// The levels around the one being read: what each has left, and whether it is a map. One stack serves all
// scans, which are synchronous: a stack of its own for each would cost more than the scan.
const outerLeft = new Uint32Array(maxWireDepth);
const outerIsMap = new Uint8Array(maxWireDepth);

/**
 * Tells what is wrong with bytes from a stranger that are to be one MessagePack array, in words that fit
 * behind "expected"; undefined when msgpackr may have them. msgpackr alone would build errors, sets,
 * regular expressions and functions out of extensions, recurse as deep as it is told to, and read beyond
 * a truncated end.
 */
export function findFault(bytes: Uint8Array, start: number, end: number): string | undefined {
  // The level being read; the outermost holds one item, which has to be an array.
  let left = 1;
  let isMap = false;
  let depth = 0;
  let at = start;
  const first = start < end ? bytes[start] : undefined;
  if (first === undefined || !((first >= 0x90 && first <= 0x9f) || first === 0xdc)) {
    return "a MessagePack array of at most 65,535 items";
  }
  for (;;) {
    if (at >= end) return truncated;
    if (isMap && (left & 1) === 0) {
      const fault = findKeyFault(bytes, at, end);
      if (fault !== undefined) return fault;
    }
    left--;
    // Here and below `at` has been compared with `end`, so the bytes are there.
    const tag = bytes[at++] as number;
    let items = 0;
    if (tag >= 0xa0 && tag < 0xc0) {
      at += tag & 0x1f;
    } else if (tag < 0x80 || tag >= 0xe0) {
      // a small integer: nothing follows
    } else if (tag >= 0x90 && tag < 0xa0) {
      items = tag & 0x0f;
    } else if (tag < 0x90) {
      items = (tag & 0x0f) * 2;
    } else if (tag === 0xdc || tag === 0xde) {
      if (at + 2 > end) return truncated;
      items = tag === 0xdc ? read16(bytes, at) : read16(bytes, at) * 2;
      at += 2;
    } else {
      const length = lengthOfScalar(tag, bytes, at, end);
      if (length < 0) return length === forbidden ? plain : truncated;
      at += length;
    }
    if (at > end) return truncated;

    if (items > 0) {
      if (depth === maxWireDepth) return `MessagePack nested at most ${maxWireDepth} deep`;
      outerLeft[depth] = left;
      outerIsMap[depth] = isMap ? 1 : 0;
      depth++;
      left = items;
      isMap = tag < 0x90 || tag === 0xde;
      continue;
    }
    while (left === 0) {
      if (depth === 0) return at === end ? undefined : "nothing after the MessagePack array";
      depth--;
      left = outerLeft[depth] as number;
      isMap = outerIsMap[depth] === 1;
    }
  }
}

const plain = "MessagePack without extensions, and at most 65,535 items in an array or map";
const truncated = "MessagePack that is complete";

const forbidden = -2;
const incomplete = -1;

/** How many bytes follow the tag of anything but arrays, maps, short strings and small integers. */
function lengthOfScalar(tag: number, bytes: Uint8Array, at: number, end: number): number {
  switch (tag) {
    case 0xc0: // nil
    case 0xc2: // false
    case 0xc3: // true
      return 0;
    case 0xcc: // uint 8
    case 0xd0: // int 8
      return 1;
    case 0xcd: // uint 16
    case 0xd1: // int 16
      return 2;
    case 0xca: // float 32
    case 0xce: // uint 32
    case 0xd2: // int 32
      return 4;
    case 0xcb: // float 64
    case 0xcf: // uint 64
    case 0xd3: // int 64
      return 8;
    case 0xc4: // bin 8
    case 0xd9: // str 8
      return at < end ? 1 + (bytes[at] as number) : incomplete;
    case 0xc5: // bin 16
    case 0xda: // str 16
      return at + 2 <= end ? 2 + read16(bytes, at) : incomplete;
    case 0xc6: // bin 32
    case 0xdb: // str 32
      return at + 4 <= end ? 4 + read16(bytes, at) * 0x10000 + read16(bytes, at + 2) : incomplete;
    default: // 0xc1, the extensions, array 32 and map 32
      return forbidden;
  }
}

function read16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

function findKeyFault(bytes: Uint8Array, at: number, end: number): string | undefined {
  const tag = bytes[at] as number;
  let start: number;
  let length: number;
  if (tag >= 0xa0 && tag < 0xc0) {
    start = at + 1;
    length = tag & 0x1f;
  } else if (tag === 0xd9 && at + 2 <= end) {
    start = at + 2;
    length = bytes[at + 1] as number;
  } else if (tag === 0xda && at + 3 <= end) {
    start = at + 3;
    length = read16(bytes, at + 1);
  } else {
    return "MessagePack maps with short strings as keys";
  }
  return length === 9 && start + 9 <= end && isProto(bytes, start)
    ? "MessagePack maps without the key __proto__"
    : undefined;
}

function isProto(bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < 9; i++) {
    if (bytes[start + i] !== "__proto__".charCodeAt(i)) return false;
  }
  return true;
}
