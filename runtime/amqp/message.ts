import type { Frame, NodeId } from "../transport/transport.js";
import { unpackFrames } from "../transport/unpack-frames.js";
import { packForNow } from "../wire/pack.js";
import type { Route } from "./names.js";

/** Frames on one route that travel together. */
export interface Message {
  readonly route: Route;
  /** How many frames it has. */
  readonly frames: number;
  /** By `performance.now()`. */
  readonly expiresAt: number;
  /** `[from, [frame, …]]` in MessagePack. */
  readonly body: Buffer;
}

/** What a body says. */
export interface Content {
  readonly from: NodeId;
  readonly frames: readonly Frame[];
}

/** Frames that were sent on one route, and leave together. */
export interface Parcel {
  readonly route: Route;
  readonly frames: Frame[];
  /** Milliseconds: the longest of all. */
  lifetime: number;
}

/** Frames in a message. Measured: half as many cost the broker half as much again, and twice as many gain little. */
const mostFrames = 64;

/** Bytes in a message that has more than one frame. */
const mostBytes = 256 * 1024;

/**
 * Makes messages of frames, in their order. A message's body is valid only until the next one is made.
 *
 * Frames for a module are spread evenly over an even number of messages. The broker gives messages to the module's
 * nodes in turn, and where large and small ones alternated, one of two nodes would get all the large ones.
 */
export function makeMessages(
  from: NodeId,
  { route, frames, lifetime }: Parcel,
  now: number,
  take: (message: Message) => void,
): void {
  const make = (first: number, end: number): void => {
    const some = first === 0 && end === frames.length ? frames : frames.slice(first, end);
    const { bytes, length } = packForNow([from, some]);
    if (length > mostBytes && some.length > 1) {
      const middle = (first + end) >> 1;
      make(first, middle);
      make(middle, end);
      return;
    }
    const body = Buffer.from(bytes.buffer, 0, length);
    take({ route, frames: some.length, expiresAt: now + lifetime, body });
  };

  const count = countMessages(route, frames.length);
  for (let index = 0; index < count; index++) {
    make(Math.floor((index * frames.length) / count), Math.floor(((index + 1) * frames.length) / count));
  }
}

function countMessages({ address }: Route, frames: number): number {
  const fewest = Math.ceil(frames / mostFrames);
  return address.kind === "module" && frames >= 16 ? fewest + (fewest % 2) : fewest;
}

/** The same message, to keep. */
export function keep(message: Message): Message {
  return { ...message, body: Buffer.from(message.body) };
}

/** What came back or arrived. Undefined where it is nothing that this transport has sent. */
export function readBody(body: Uint8Array): Content | undefined {
  const content = tryUnpack(body);
  if (!Array.isArray(content) || content.length !== 2) return undefined;
  const [from, frames]: unknown[] = content;
  if (typeof from !== "string" || !Array.isArray(frames) || !frames.every(Array.isArray)) return undefined;
  return { from, frames };
}

function tryUnpack(body: Uint8Array): unknown {
  try {
    return unpackFrames(body);
  } catch {
    return undefined; // It is no MessagePack, which the caller reports.
  }
}
