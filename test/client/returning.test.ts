import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConnectionState } from "../../runtime/client/connection-events.js";
import type { Connection } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { waits } from "../../runtime/client/returning-connection.js";
import type { RpcError } from "../../runtime/error/rpc-error.js";
import { backOff } from "../../runtime/transport/back-off.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { enter, entered, leave, wave } from "./methods.js";
import { failureOf } from "./outcome.js";
import { acceptAll, connack, startRawServer } from "./raw-server.js";
import { ride, rides } from "./riding.js";
import { ScriptedBroker, until } from "./scripted-broker.js";

describe.each(rides)("a connection over %s", (on) => {
  let broker: ScriptedBroker;
  let connection: Connection;
  let states: ConnectionState[];
  let reasons: (RpcError | undefined)[];

  beforeEach(async () => {
    broker = await ScriptedBroker.start();
    broker.scripts.set("Lobby/leave", () => [0, null]);
    connection = await ride(on, broker, { username: "Ann" });
    states = [];
    reasons = [];
    connection.on("state", (change) => {
      states.push(change.state);
      reasons.push("reason" in change ? change.reason : undefined);
    });
  });

  afterEach(async () => {
    await connection.close();
    await broker.stop();
  });

  /** Cuts the connection and keeps the server away until it listens again. */
  async function lose(): Promise<void> {
    await broker.vanish();
    await until(() => connection.state !== "connected");
  }

  test("that is lost comes back as the same user, and says what it does", async () => {
    broker.drop();
    await until(() => states.at(-1) === "connected");
    expect(states).toEqual(["waiting", "connecting", "connected"]);
    expect(reasons.map((reason) => reason?.code)).toEqual(["unavailable", undefined, undefined]);
    expect(reasons[0]?.message).toContain("lost the connection to 127.0.0.1");
    expect(broker.users.map(([username]) => username)).toEqual(["Ann", "Ann"]);
    await connection.call(leave, ["hall"], undefined);
  });

  test("it tries until the server is there again", async () => {
    await lose();
    await until(() => states.filter((state) => state === "connecting").length >= 2);
    await broker.listen();
    await until(() => connection.state === "connected");
    await connection.call(leave, ["hall"], undefined);
  });

  test("it subscribes again to what somebody listens to", async () => {
    const heard: string[][] = [];
    connection.subscription(entered).on((names) => heard.push(names));
    connection.subscription({ ...entered, route: "Lobby/left" }).on(() => {});
    connection.subscription({ ...entered, route: "Lobby/moved" }).on(() => {})();
    await connection.call(leave, ["hall"], undefined);
    broker.subscribed.length = 0;
    await lose();
    connection.subscription({ ...entered, route: "Lobby/new" }).on(() => {});
    await broker.listen();
    await until(() => broker.subscribed.length === 3);
    expect(broker.subscribed).toEqual(["on/Lobby/entered", "on/Lobby/left", "on/Lobby/new"]);
    await broker.push("Lobby/entered", ["Ann"]);
    await until(() => heard.length === 1);
  });

  test("pending calls reject at once: nobody knows whether they were run", async () => {
    const calls = [1, 2, 3].map(() => failureOf(connection.call(enter, ["hall"], undefined)));
    await until(() => broker.heard.length === 3);
    broker.drop();
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(Array(3).fill("unavailable"));
    await until(() => connection.state === "connected");
    await connection.call(leave, ["hall"], undefined);
    expect(broker.heard).toHaveLength(4);
  });

  test("calls made meanwhile wait, and are sent in order after the subscriptions", async () => {
    await lose();
    broker.scripts.set("Lobby/enter", async ([room]) => {
      if (room === "0") await broker.push("Lobby/entered", ["Ann"]);
      return [0, [room]];
    });
    const rooms = Array.from({ length: 20 }, (_, i) => String(i));
    const results = Promise.all(rooms.map((room) => connection.call(enter, [room], undefined)));
    const heard: string[][] = [];
    connection.subscription(entered).on((names) => heard.push(names));
    await broker.listen();
    expect(await results).toEqual(rooms.map((room) => [room]));
    expect(broker.heard.map(({ payload }) => unpack(payload))).toEqual(rooms.map((room) => [room]));
    await until(() => heard.length === 1);
  });

  test("a call that waits too long, or is cancelled, is never sent", async () => {
    await lose();
    const stop = new AbortController();
    const late = failureOf(connection.call(enter, ["late"], { timeout: 10 }));
    const stopped = failureOf(connection.call(enter, ["stopped"], { signal: stop.signal }));
    stop.abort();
    expect((await late).code).toBe("deadline-exceeded");
    expect((await stopped).code).toBe("cancelled");
    await broker.listen();
    await connection.call(leave, ["hall"], undefined);
    expect(broker.heard.map(({ payload }) => unpack(payload))).toEqual([["hall"]]);
  });

  test("no more than 256 calls wait", async () => {
    await lose();
    broker.scripts.set("Lobby/enter", () => [0, []]);
    const calls = Array.from({ length: 256 }, () => connection.call(enter, ["hall"], undefined));
    const error = await failureOf(connection.call(enter, ["hall"], undefined));
    expect(error.code).toBe("resource-exhausted");
    await broker.listen();
    await Promise.all(calls);
  });

  test("one-way calls made meanwhile are dropped", async () => {
    await lose();
    connection.send(wave, ["hall"]);
    expect(() => connection.send(wave, ["x".repeat(41)])).toThrow("room");
    await broker.listen();
    await connection.call(leave, ["hall"], undefined);
    expect(broker.topics).toEqual([expect.stringContaining("rpc/Lobby/leave/")]);
  });

  test("a server that refuses the user on the way back closes the connection", async () => {
    await lose();
    const waiting = failureOf(connection.call(leave, ["hall"], undefined));
    broker.returnCode = 5;
    await broker.listen();
    await until(() => connection.state === "closed");
    expect((await waiting).code).toBe("unauthenticated");
    expect(states.at(-1)).toBe("closed");
    expect(reasons.at(-1)).toMatchObject({ code: "unauthenticated" });
    expect((await failureOf(connection.call(leave, ["hall"], undefined))).code).toBe("unauthenticated");
    const knocks = broker.users.length;
    broker.returnCode = 0;
    await connection.close();
    expect(broker.users).toHaveLength(knocks);
  });

  test("a server that is full on the way back is tried again", async () => {
    await lose();
    const waiting = connection.call(leave, ["hall"], undefined);
    broker.returnCode = 3;
    await broker.listen();
    await until(() => reasons.some((reason) => reason?.code === "resource-exhausted"));
    broker.returnCode = 0;
    await waiting;
    expect(connection.state).toBe("connected");
  });

  test("a listener of states that is removed hears nothing more", async () => {
    const heard: ConnectionState[] = [];
    const off = connection.on("state", ({ state }) => heard.push(state));
    broker.drop();
    await until(() => heard.length === 3);
    off();
    broker.drop();
    await until(() => states.length === 6);
    expect(heard).toHaveLength(3);
  });
});

describe.each(["tcp", "ws"] as const)("a server over %s", (transport) => {
  test("that goes silent is found and left, and pending calls end", async () => {
    const server = await startRawServer(transport);
    const connection = await openConnection(server.url, { keepAlive: 0.1 });
    const reasons: RpcError[] = [];
    connection.on("waiting", ({ reason }) => reasons.push(reason));
    const error = await failureOf(connection.call(enter, ["hall"], undefined));
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("went silent") });
    expect(reasons[0]).toBe(error);
    const [first] = server.connections;
    await until(() => first?.ended === true);
    expect(first?.packets.some(({ cmd }) => cmd === "pingreq")).toBe(true);
    await connection.close();
    await server.stop();
  });

  test("that answers pings is not left", async () => {
    const server = await startRawServer(transport, (packet, client) => {
      if (packet.cmd === "connect") client.send(connack);
      if (packet.cmd === "pingreq") client.send(Uint8Array.of(0xd0, 0));
    });
    const connection = await openConnection(server.url, { keepAlive: 0.5 });
    const pings = () => server.connections[0]?.packets.filter(({ cmd }) => cmd === "pingreq").length ?? 0;
    await until(() => pings() >= 5); // Without the answers, the second half keep-alive would have ended it.
    expect(connection.state).toBe("connected");
    expect(server.connections).toHaveLength(1);
    await connection.close();
    await server.stop();
  });

  test("hears pings from a page whose timers sleep, as long as it sends something", async () => {
    const message = Uint8Array.of(0x30, 4, 0, 1, 0x74, 0xc0);
    const server = await startRawServer(transport, (packet, client) => {
      if (packet.cmd === "connect") client.send(connack);
    });
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }); // They stand still.
    const connection = await openConnection(server.url, { keepAlive: 0.05 });
    vi.useRealTimers();
    const [client] = server.connections;
    await until(() => {
      client?.send(message);
      return client?.packets.some(({ cmd }) => cmd === "pingreq") === true;
    });
    expect(connection.state).toBe("connected");
    await connection.close();
    await server.stop();
  });

  test("that sends a malformed packet is left, and joined again", async () => {
    const server = await startRawServer(transport, (packet, client) => {
      acceptAll(packet, client);
      if (packet.cmd === "publish" && packet.topic.startsWith("rpc/Lobby/")) client.send(Uint8Array.of(0, 0));
    });
    const connection = await openConnection(server.url);
    const error = await failureOf(connection.call(enter, ["hall"], undefined));
    expect(error).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("does not speak MQTT 3.1.1: a packet that begins with 0x0"),
    });
    await until(() => connection.state === "connected");
    expect(server.connections).toHaveLength(2);
    await connection.close();
    await server.stop();
  });

  test("learns the keep-alive in whole seconds", async () => {
    const server = await startRawServer(transport);
    const connections = await Promise.all(
      [undefined, 0.1, 7, 65_535].map((keepAlive) =>
        openConnection(server.url, keepAlive === undefined ? {} : { keepAlive }),
      ),
    );
    const told = server.connections.map(
      ({ packets: [connect] }) => connect?.cmd === "connect" && connect.keepalive,
    );
    expect(told.sort()).toEqual([20, 1, 7, 65_535].sort());
    await Promise.all(connections.map((connection) => connection.close()));
    await server.stop();
  });
});

test("waits double from a quarter of a second to ten, of which up to half is left to chance", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1000].map((failures) => backOff(waits, failures, 0))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
  expect(backOff(waits, 0, 1)).toBe(125);
  expect(backOff(waits, 1000, 0.5)).toBe(7500);
});
