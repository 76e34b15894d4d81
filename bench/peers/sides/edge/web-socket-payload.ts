/** Takes what a WebSocket server sends, in whatever pieces, and gives what is inside the frames [RFC 6455, 5.2]. */
export function createUnframe(): (chunk: Buffer) => Buffer {
  let rest: Buffer = Buffer.alloc(0);
  /** Of the payload of the frame that was begun. */
  let left = 0;
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const payload: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (left === 0) {
        const head = readHead(bytes.subarray(at));
        if (head === undefined) break;
        left = head.payload;
        at += head.length;
      }
      const end = Math.min(at + left, bytes.length);
      payload.push(bytes.subarray(at, end));
      left -= end - at;
      at = end;
    }
    rest = bytes.subarray(at);
    return Buffer.concat(payload);
  };
}

/** Undefined where there is not all of it. */
function readHead(bytes: Buffer): { length: number; payload: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  if ((first & 0x0f) > 2) throw new Error(`a control frame came: 0x${first.toString(16)}`);
  if (second < 126) return { length: 2, payload: second };
  if (second === 127) throw new Error("a frame of 64 KiB or more came");
  return bytes.length < 4 ? undefined : { length: 4, payload: bytes.readUInt16BE(2) };
}
