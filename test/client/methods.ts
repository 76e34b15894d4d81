import type { ClientMethod, ClientPush } from "../../runtime/client/link.js";
import { refuse } from "../../runtime/codec/refusal.js";
import type { FailureContract } from "../../runtime/contract/failure.js";
import { DeclaredFailure } from "../../runtime/error/declared-failure.js";
import { readNothing } from "../../runtime/generated.js";

// What the generator would emit for a module `Lobby`, as short as it may be.

export class RoomFull extends DeclaredFailure {
  readonly capacity: number;

  constructor(fields: { capacity: number }, message = "RoomFull") {
    super("RoomFull", message);
    this.capacity = fields.capacity;
  }
}

const roomFull: FailureContract<{ capacity: number }> = {
  name: "RoomFull",
  type: RoomFull,
  codec: {
    write: (fields) => [fields.capacity],
    read(wire) {
      if (!Array.isArray(wire)) refuse(null, "a RoomFull", wire);
      const capacity: unknown = wire[0];
      if (typeof capacity !== "number") refuse("capacity", "a number", capacity);
      return { capacity };
    },
    copy: (fields) => ({ ...fields }),
  },
  create: (fields, message) => new RoomFull(fields, message),
};

function writeRoom(args: [room: string]): unknown {
  const room: unknown = args[0];
  if (typeof room !== "string" || room.length > 40) refuse("room", "a string of at most 40 characters", room);
  return [room];
}

function readNames(wire: unknown): string[] {
  if (!Array.isArray(wire)) refuse(null, "an array", wire);
  return wire.map((name: unknown, i) => (typeof name === "string" ? name : refuse(i, "a string", name)));
}

export const enter: ClientMethod<[room: string], string[]> = {
  route: "Lobby/enter",
  timeout: undefined,
  write: writeRoom,
  read: readNames,
  failures: [roomFull],
};

export const leave: ClientMethod<[room: string], void> = {
  route: "Lobby/leave",
  timeout: undefined,
  write: writeRoom,
  read: readNothing,
  failures: [],
};

export const wave: ClientMethod<[room: string], void> = { ...leave, route: "Lobby/wave" };

export const entered: ClientPush<string[]> = { route: "Lobby/entered", read: readNames };
