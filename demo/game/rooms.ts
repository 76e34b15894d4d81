import type { Line } from "../../idl/chat.js";
import { lobby } from "./groups.js";

/** How much of the talk is remembered. */
export interface RoomsOptions {
  readonly linesPerRoom: number;
  /** Rooms a session may be in, the lobby included. */
  readonly roomsPerSession: number;
  readonly roomsInAll: number;
}

interface Room {
  readonly lines: Line[];
  readonly members: Set<string>;
}

/** Rooms, who is in them and what was said there last. The lobby is always there, and everybody is in it. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<string, Room>([[lobby, { lines: [], members: new Set() }]]);
  /** The rooms beside the lobby that a session is in. */
  readonly #joined = new Map<string, Set<string>>();

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /**
   * Lets a session into a room, which is made where there is none.
   *
   * @returns what hinders it: the session is in too many rooms, or there are too many in all
   */
  join(sessionId: string, name: string): "joined" | "session-full" | "full" {
    if (name === lobby) return "joined";
    const joined = this.#joined.get(sessionId) ?? new Set();
    if (joined.has(name)) return "joined";
    if (joined.size + 1 >= this.#options.roomsPerSession) return "session-full";
    const room = this.#rooms.get(name) ?? this.#open(name);
    if (!room) return "full";
    room.members.add(sessionId);
    joined.add(name);
    this.#joined.set(sessionId, joined);
    return "joined";
  }

  leave(sessionId: string, name: string): void {
    this.#rooms.get(name)?.members.delete(sessionId);
    const joined = this.#joined.get(sessionId);
    if (joined?.delete(name) && joined.size === 0) this.#joined.delete(sessionId);
  }

  /** Takes a session out of all rooms. */
  leaveAll(sessionId: string): void {
    for (const name of this.#joined.get(sessionId) ?? []) this.#rooms.get(name)?.members.delete(sessionId);
    this.#joined.delete(sessionId);
  }

  add(line: Line): void {
    const room = this.#rooms.get(line.room);
    if (!room) return;
    room.lines.push(line);
    if (room.lines.length > this.#options.linesPerRoom) room.lines.shift();
  }

  lines(name: string): readonly Line[] {
    return this.#rooms.get(name)?.lines ?? [];
  }

  /** Makes a room, if need be in the place of the oldest that is empty. */
  #open(name: string): Room | undefined {
    if (this.#rooms.size >= this.#options.roomsInAll) {
      const empty = this.#findEmpty();
      if (empty === undefined) return undefined;
      this.#rooms.delete(empty);
    }
    const room: Room = { lines: [], members: new Set() };
    this.#rooms.set(name, room);
    return room;
  }

  #findEmpty(): string | undefined {
    for (const [name, room] of this.#rooms) if (name !== lobby && room.members.size === 0) return name;
    return undefined;
  }
}
