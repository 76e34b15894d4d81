import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectOptions } from "../../runtime/client/connect-options.js";
import type { StateChange } from "../../runtime/client/connection-events.js";
import type { ClientPush, Connection } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { entered, leave } from "./methods.js";
import { failureOf } from "./outcome.js";
import { optionsFor, rides } from "./riding.js";
import { until } from "./scripted-broker.js";
import { SessionServer } from "./session-server.js";

const replayed: ClientPush<string[]> = { ...entered, route: "Lobby/replayed", replay: true };

describe.each(rides)("over %s", (on) => {
  let server: SessionServer;
  let connection: Connection;
  let changes: StateChange[];

  beforeEach(async () => {
    server = await SessionServer.start(on === "ws" ? "ws" : "tcp");
    changes = [];
  });

  afterEach(async () => {
    await connection.close();
    await server.stop();
  });

  async function open(options: ConnectOptions<Connection> = {}): Promise<void> {
    connection = await openConnection(server.url, optionsFor(on, { username: "Ann", ...options }));
    connection.on("state", (change) => changes.push(change));
  }

  /** Breaks the connection once there is a ticket for it, and waits until it is back. */
  async function lose(): Promise<void> {
    await connection.call(leave, ["hall"], undefined); // The answer to the wish for a ticket came before this one.
    const before = connectedTimes();
    server.cut();
    await until(() => connectedTimes() > before);
  }

  function connectedTimes(): number {
    return changes.filter(({ state }) => state === "connected").length;
  }

  test("a lost connection takes its session over with the secret, each time with a new one", async () => {
    await open();
    await lose();
    await lose();
    expect(server.connects.map(({ username, password }) => [username, password?.toString()])).toEqual([
      ["Ann", undefined],
      ["antwire-resume", "s1:secret-1"],
      ["antwire-resume", "s1:secret-2"],
    ]);
    expect(server.connects.map(({ clean }) => clean)).toEqual([true, false, false]);
    expect(changes.filter(({ state }) => state === "connected")).toEqual([
      { state: "connected", resumed: true },
      { state: "connected", resumed: true },
    ]);
  });

  test("a refusal leads to a new session with its own user, at once", async () => {
    await open();
    await connection.call(leave, ["hall"], undefined);
    server.forget();
    await lose();
    expect(server.connects.map(({ username }) => username)).toEqual(["Ann", "antwire-resume", "Ann"]);
    expect(changes.map(({ state }) => state)).toEqual(["waiting", "connecting", "connected"]);
    expect(changes.at(-1)).toEqual({ state: "connected", resumed: false });
  });

  test("a server that does not tell that it resumed is met as somebody new", async () => {
    await open();
    server.scripts.set("Antwire/session", () => [0, ["s1", "made-up", 30_000]]);
    await connection.call(leave, ["hall"], undefined);
    server.givesTickets = false;
    await lose(); // With the first ticket.
    await lose();
    expect(server.connects.map(({ username }) => username)).toEqual(["Ann", "antwire-resume", "Ann"]);
    expect(changes.at(-1)).toMatchObject({ resumed: false });
  });

  test("after the window it does not ask for the old session", async () => {
    server.resumeMs = 0;
    await open();
    await lose();
    expect(server.connects.map(({ username }) => username)).toEqual(["Ann", "Ann"]);
    expect(changes.at(-1)).toEqual({ state: "connected", resumed: false });
  });

  test("a resumed session subscribes to what was asked for meanwhile, and leaves what was left", async () => {
    await open();
    connection.subscription(entered).on(() => {});
    const off = connection.subscription({ ...entered, route: "Lobby/left" }).on(() => {});
    await connection.call(leave, ["hall"], undefined);
    const once = connection.on("waiting", () => {
      off();
      connection.subscription({ ...entered, route: "Lobby/new" }).on(() => {});
    });
    server.heard.length = 0;
    await lose();
    once();
    await connection.call(leave, ["hall"], undefined);
    expect(server.heard).toEqual([
      "Lobby/leave",
      "unsubscribe on/Lobby/left",
      "subscribe on/Lobby/entered 0",
      "subscribe on/Lobby/new 0",
      "Lobby/leave",
    ]);
  });

  test("calls made while away are sent after the resumption, in order", async () => {
    await open();
    const answers: Promise<unknown>[] = [];
    const off = connection.on("waiting", () => {
      for (let i = 0; i < 10; i++) {
        answers.push(connection.call({ ...leave, route: `Lobby/m${i}` }, ["hall"], undefined));
      }
    });
    await lose();
    off();
    await Promise.all(answers);
    expect(server.heard.filter((line) => line.startsWith("Lobby/m"))).toEqual(
      Array.from({ length: 10 }, (_, i) => `Lobby/m${i}`),
    );
  });

  test("a push with @replay is subscribed to with QoS 1, acknowledged, and heard once", async () => {
    await open();
    const heard: string[][] = [];
    connection.subscription(replayed).on((names) => heard.push(names));
    await connection.call(leave, ["hall"], undefined);
    expect(server.heard).toContain("subscribe on/Lobby/replayed 1");
    server.push("Lobby/replayed", ["one"], { id: 1, dup: false });
    server.push("Lobby/replayed", ["two"], { id: 2, dup: false });
    await until(() => server.acknowledged.length === 2);
    await lose();
    server.push("Lobby/replayed", ["two"], { id: 2, dup: true }); // The PUBACK was lost.
    server.push("Lobby/replayed", ["three"], { id: 3, dup: true }); // The message was lost.
    server.push("Lobby/replayed", ["four"], { id: 4, dup: false });
    await until(() => server.acknowledged.length === 5);
    expect(heard).toEqual([["one"], ["two"], ["three"], ["four"]]);
    expect(server.acknowledged).toEqual([1, 2, 2, 3, 4]);
  });

  test("in a new session numbers begin anew", async () => {
    server.resumeMs = 0;
    await open();
    const heard: string[][] = [];
    connection.subscription(replayed).on((names) => heard.push(names));
    await connection.call(leave, ["hall"], undefined);
    server.push("Lobby/replayed", ["one"], { id: 1, dup: false });
    await until(() => heard.length === 1);
    await lose();
    server.push("Lobby/replayed", ["another one"], { id: 1, dup: true });
    await until(() => heard.length === 2);
  });

  test.each([
    [["replaced", "you play elsewhere"], "the session is over: you play elsewhere"],
    [["replaced", ""], "the session is over: the user has begun another one"],
    [["closed", ""], "the session is over: the server closed it"],
  ])("a session that the server ends with %j is not resumed", async (closing, message) => {
    await open();
    await connection.call(leave, ["hall"], undefined);
    server.push("Antwire/closed", closing);
    await until(() => connection.state === "closed");
    await connection.close();
    expect(changes).toMatchObject([{ state: "closed", reason: { code: "aborted", message } }]);
    expect((await failureOf(connection.call(leave, ["hall"], undefined))).code).toBe("aborted");
    expect(server.connects).toHaveLength(1);
  });

  test("a server that resumes nothing is met as before", async () => {
    server.givesTickets = false;
    await open();
    await lose();
    expect(server.connects.map(({ username }) => username)).toEqual(["Ann", "Ann"]);
  });

  test("a closed connection does not come back with its secret", async () => {
    await open();
    await connection.call(leave, ["hall"], undefined);
    await connection.close();
    expect(server.connects).toHaveLength(1);
  });

  test("while away, calls fail at once where they are not to wait", async () => {
    await open({ offline: "fail" });
    const failures: Promise<{ code: string }>[] = [];
    const off = connection.on("waiting", () => {
      failures.push(failureOf(connection.call(leave, ["attic"], undefined)));
      failures.push(failureOf(connection.stream(leave, ["attic"], undefined)[Symbol.asyncIterator]().next()));
    });
    await lose();
    off();
    expect((await Promise.all(failures)).map(({ code }) => code)).toEqual(["unavailable", "unavailable"]);
    expect(server.heard).toEqual(["Lobby/leave"]);
  });
});
