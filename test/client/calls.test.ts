import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectOptions } from "../../runtime/client/connect-options.js";
import type { Connection } from "../../runtime/client/link.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { enter, leave, RoomFull, wave } from "./methods.js";
import { failureOf } from "./outcome.js";
import { ride, rides } from "./riding.js";
import { ScriptedBroker } from "./scripted-broker.js";

describe.each(rides)("over %s", (on) => {
  let broker: ScriptedBroker;
  let connection: Connection;

  beforeEach(async () => {
    broker = await ScriptedBroker.start();
    connection = await open();
  });

  afterEach(async () => {
    await connection.close();
    await broker.stop();
  });

  function open(options?: ConnectOptions<Connection>): Promise<Connection> {
    return ride(on, broker, options);
  }

  test("a call carries its arguments as an array and resolves with the result", async () => {
    broker.scripts.set("Lobby/enter", ([room]) => [0, [`Ann in ${room}`]]);
    expect(await connection.call(enter, ["hall"], undefined)).toEqual(["Ann in hall"]);
    expect(broker.heard).toHaveLength(1);
    expect(broker.topics[0]).toMatch(/^rpc\/Lobby\/enter\/[A-Za-z0-9_-]{1,32}$/);
    expect(unpack(broker.heard[0]?.payload ?? Buffer.of())).toEqual(["hall"]);
  });

  test("a call that returns nothing resolves with undefined", async () => {
    broker.scripts.set("Lobby/leave", () => [0, null]);
    expect(await connection.call(leave, ["hall"], undefined)).toBeUndefined();
  });

  test("calls are heard in the order in which they were made, and answered in any", async () => {
    const answers: (() => void)[] = [];
    broker.scripts.set(
      "Lobby/enter",
      ([room]) => new Promise((resolve) => answers.push(() => resolve([0, [room]]))),
    );
    const rooms = Array.from({ length: 100 }, (_, i) => `room ${i}`);
    const results = Promise.all(rooms.map((room) => connection.call(enter, [room], undefined)));
    await broker.until(() => answers.length === 100);
    for (const answer of answers.reverse()) answer();
    expect(await results).toEqual(rooms.map((room) => [room]));
    expect(broker.heard.map(({ payload }) => unpack(payload))).toEqual(rooms.map((room) => [room]));
    expect(new Set(broker.topics).size).toBe(100);
  });

  test("arguments that do not fit reject the call and never leave the program", async () => {
    const error = await failureOf(connection.call(enter, ["x".repeat(41)], undefined));
    expect(error.code).toBe("invalid-argument");
    expect(error.details).toEqual({ path: "room", expected: "a string of at most 40 characters" });
    expect(String(error.stack).split("\n")[1]).toContain("calls.test.ts");
    broker.scripts.set("Lobby/leave", () => [0, null]);
    await connection.call(leave, ["hall"], undefined);
    expect(broker.topics).toEqual([expect.stringContaining("rpc/Lobby/leave/")]);
  });

  test("a declared failure is an instance of its class", async () => {
    broker.scripts.set("Lobby/enter", () => [1, "failed", "no room left", ["RoomFull", [12]]]);
    const error = await failureOf(connection.call(enter, ["hall"], undefined));
    expect(error).toBeInstanceOf(RoomFull);
    expect(error).toMatchObject({ code: "failed", message: "no room left", type: "RoomFull", capacity: 12 });
  });

  test("a failure without a class keeps its name and its fields", async () => {
    broker.scripts.set("Lobby/enter", () => [1, "failed", "closed", ["RoomClosed", ["night"]]]);
    const error = await failureOf(connection.call(enter, ["hall"], undefined));
    expect(error).not.toBeInstanceOf(RoomFull);
    expect(error).toMatchObject({ code: "failed", details: { type: "RoomClosed", fields: ["night"] } });
  });

  test.each([
    [[1, "not-found", "no such room"], { code: "not-found", message: "no such room" }],
    [
      [1, "invalid-argument", "room: expected …", ["room", "a room"]],
      { code: "invalid-argument", details: { path: "room", expected: "a room" } },
    ],
    [
      [1, "resource-exhausted", "too many calls", [250]],
      { code: "resource-exhausted", details: { retryAfterMs: 250 } },
    ],
    [[1, "a code of tomorrow", "something"], { code: "internal", message: "something" }],
  ])("the answer %j rejects the call with that error", async (reply, expected) => {
    broker.scripts.set("Lobby/enter", () => reply);
    expect(await failureOf(connection.call(enter, ["hall"], undefined))).toMatchObject(expected);
  });

  test.each([
    [[0, "Ann"], "expected an array, got a string of 3 characters"],
    [[0, ["Ann", 7]], "[1]: expected a string, got an integer"],
    [[0], "expected an array, got nothing"],
    [
      [1, "failed", "full", ["RoomFull", ["twelve"]]],
      "capacity: expected a number, got a string of 6 characters",
    ],
    [[2, "Ann"], "expected a result or an error"],
    ["Ann", "expected a result or an error"],
    [Buffer.from('{"ok":["Ann"]}'), "expected one value in MessagePack, and nothing after it"],
    [Buffer.of(), "expected MessagePack that is complete"],
  ])("the answer %j fits no method and says so", async (reply, why) => {
    broker.scripts.set("Lobby/enter", () => reply);
    const error = await failureOf(connection.call(enter, ["hall"], undefined));
    expect(error.code).toBe("internal");
    expect(error.message).toBe(`the server's answer does not fit Lobby/enter: ${why}`);
  });

  test("a call without an answer ends at its deadline, and the server hears that it may stop", async () => {
    const error = await failureOf(connection.call(enter, ["hall"], { timeout: 20 }));
    expect(error).toMatchObject({
      code: "deadline-exceeded",
      message: "Lobby/enter: no answer within 20 ms",
    });
    await broker.until(() => broker.heard.length === 2);
    const id = broker.topics[0]?.split("/")[3];
    expect(broker.heard[1]).toEqual({ topic: `cancel/${id}`, payload: Buffer.of() });
  });

  test("each call has its own deadline, whatever the order", async () => {
    const pending = [Number.POSITIVE_INFINITY, 1e12, 60_000].map((timeout) =>
      failureOf(connection.call(enter, ["hall"], { timeout })),
    );
    for (const timeout of [20, 1, 40]) {
      const error = await failureOf(connection.call(enter, ["hall"], { timeout }));
      expect(error.message).toContain(`within ${timeout} ms`);
    }
    await connection.close();
    expect((await Promise.all(pending)).map(({ code }) => code)).toEqual(pending.map(() => "cancelled"));
  });

  test("the deadline is the call's, else the method's, else the connection's", async () => {
    const hasty = await open({ timeout: 30 });
    const patient = { ...enter, timeout: 20 };
    expect((await failureOf(hasty.call(enter, ["hall"], undefined))).message).toContain("within 30 ms");
    expect((await failureOf(hasty.call(patient, ["hall"], undefined))).message).toContain("within 20 ms");
    expect((await failureOf(hasty.call(patient, ["hall"], { timeout: 10 }))).message).toContain(
      "within 10 ms",
    );
    await hasty.close();
  });

  test("a timeout of nothing ends the call before it is sent", async () => {
    for (const timeout of [0, -1, Number.NaN]) {
      const error = await failureOf(connection.call(enter, ["hall"], { timeout }));
      expect(error.code).toBe("deadline-exceeded");
    }
    broker.scripts.set("Lobby/leave", () => [0, null]);
    await connection.call(leave, ["hall"], undefined);
    expect(broker.heard).toHaveLength(1);
  });

  test("an aborted signal cancels the call, and the server hears of it", async () => {
    const stop = new AbortController();
    const failure = failureOf(connection.call(enter, ["hall"], { signal: stop.signal }));
    await broker.until(() => broker.heard.length === 1);
    const why = new Error("the player left the page");
    stop.abort(why);
    expect(await failure).toMatchObject({ code: "cancelled", cause: why });
    await broker.until(() => broker.heard.length === 2);
    expect(broker.topics[1]).toBe(`cancel/${broker.topics[0]?.split("/")[3]}`);
  });

  test("a signal that is aborted already keeps the call from being sent", async () => {
    const signal = AbortSignal.abort();
    expect((await failureOf(connection.call(enter, ["hall"], { signal }))).code).toBe("cancelled");
    broker.scripts.set("Lobby/leave", () => [0, null]);
    await connection.call(leave, ["hall"], undefined);
    expect(broker.heard).toHaveLength(1);
  });

  test("a signal aborted after the answer sends nothing", async () => {
    broker.scripts.set("Lobby/leave", () => [0, null]);
    const stop = new AbortController();
    await connection.call(leave, ["hall"], { signal: stop.signal });
    stop.abort();
    await connection.call(leave, ["hall"], undefined);
    expect(broker.topics.filter((topic) => topic.startsWith("cancel/"))).toEqual([]);
  });

  test("an answer that comes too late disturbs nobody", async () => {
    const late: (() => void)[] = [];
    broker.scripts.set("Lobby/enter", () => new Promise((resolve) => late.push(() => resolve([0, ["Ann"]]))));
    await failureOf(connection.call(enter, ["hall"], { timeout: 10 }));
    const second = connection.call(enter, ["hall"], undefined);
    await broker.until(() => late.length === 2);
    for (const answer of late) answer();
    expect(await second).toEqual(["Ann"]);
  });

  test("a one-way call has no id", async () => {
    connection.send(wave, ["hall"]);
    await broker.until(() => broker.heard.length === 1);
    expect(broker.topics).toEqual(["rpc/Lobby/wave"]);
    expect(unpack(broker.heard[0]?.payload ?? Buffer.of())).toEqual(["hall"]);
  });

  test("a one-way call throws where its arguments do not fit", () => {
    expect(() => connection.send(wave, ["x".repeat(41)])).toThrow("room: expected a string of at most 40");
  });

  test("calls and one-way calls keep one order", async () => {
    broker.scripts.set("Lobby/leave", () => [0, null]);
    connection.send(wave, ["1"]);
    const first = connection.call(leave, ["2"], undefined);
    connection.send(wave, ["3"]);
    await Promise.all([first, connection.call(leave, ["4"], undefined)]);
    expect(broker.heard.map(({ payload }) => unpack(payload))).toEqual([["1"], ["2"], ["3"], ["4"]]);
  });

  test("a long text and many bytes of UTF-8 arrive whole", async () => {
    const names = ["🐜".repeat(50_000), "é".repeat(40_000)];
    broker.scripts.set("Lobby/enter", () => [0, names]);
    expect(await connection.call(enter, ["hall"], undefined)).toEqual(names);
  });
});
