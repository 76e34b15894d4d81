import { describe, expect, test } from "vitest";
import { Rooms } from "../../demo/game/rooms.js";
import type { Line } from "../../idl/chat.js";

const bounds = { linesPerRoom: 3, roomsPerSession: 3, roomsInAll: 4 };

function line(room: string, text: string): Line {
  return { room, from: "Ann", text, at: new Date(0) };
}

function textsOf(rooms: Rooms, room: string): string[] {
  return rooms.lines(room).map(({ text }) => text);
}

describe("rooms", () => {
  test("remember the last lines in the order they were said", () => {
    const rooms = new Rooms(bounds);
    for (const text of ["1", "2", "3", "4", "5"]) rooms.add(line("lobby", text));
    expect(textsOf(rooms, "lobby")).toEqual(["3", "4", "5"]);
  });

  test("are as many for a session as the bound says, with the lobby", () => {
    const rooms = new Rooms(bounds);
    expect(rooms.join("s1", "lobby")).toBe("joined");
    expect(rooms.join("s1", "a")).toBe("joined");
    expect(rooms.join("s1", "b")).toBe("joined");
    expect(rooms.join("s1", "c")).toBe("session-full");
    expect(rooms.join("s1", "a")).toBe("joined");
    rooms.leave("s1", "a");
    expect(rooms.join("s1", "c")).toBe("joined");
  });

  test("are so many in all that none is opened while somebody is in each", () => {
    const rooms = new Rooms(bounds);
    rooms.join("s1", "a");
    rooms.join("s1", "b");
    rooms.join("s2", "c");
    expect(rooms.join("s2", "d")).toBe("full");
    rooms.leaveAll("s1");
    expect(rooms.join("s2", "d")).toBe("joined");
  });

  test("that are empty keep their lines until others need the place", () => {
    const rooms = new Rooms(bounds);
    rooms.join("s1", "a");
    rooms.add(line("a", "Here I am"));
    rooms.leaveAll("s1");
    expect(textsOf(rooms, "a")).toEqual(["Here I am"]);
    for (const room of ["b", "c"]) rooms.join("s2", room);
    rooms.join("s3", "d");
    expect(textsOf(rooms, "a")).toEqual([]);
  });

  test("keep the lobby whatever happens", () => {
    const rooms = new Rooms(bounds);
    rooms.add(line("lobby", "Hello"));
    for (const session of ["s1", "s2", "s3"])
      for (const room of ["a", "b"]) rooms.join(session, session + room);
    expect(textsOf(rooms, "lobby")).toEqual(["Hello"]);
  });

  test("forget what is said in one that nobody opened", () => {
    const rooms = new Rooms(bounds);
    rooms.add(line("nowhere", "Hello?"));
    expect(textsOf(rooms, "nowhere")).toEqual([]);
  });
});
