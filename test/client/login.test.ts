import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StateChange } from "../../runtime/client/connection-events.js";
import type { Connection } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { entered, leave, wave } from "./methods.js";
import { failureOf } from "./outcome.js";
import { optionsFor, rides } from "./riding.js";
import { until } from "./scripted-broker.js";
import { SessionServer } from "./session-server.js";

const logIn = { ...leave, route: "Login/enter" };

describe.each(rides)("over %s", (on) => {
  let server: SessionServer;
  let connection: Connection | undefined;
  let changes: StateChange[];

  beforeEach(async () => {
    server = await SessionServer.start(on === "ws" ? "ws" : "tcp");
    server.scripts.set("Login/slow", () => undefined);
    changes = [];
    connection = undefined;
  });

  afterEach(async () => {
    await connection?.close();
    await server.stop();
  });

  async function open(login: (connection: Connection) => unknown): Promise<Connection> {
    connection = await openConnection(server.url, optionsFor(on, { login }));
    connection.on("state", (change) => changes.push(change));
    return connection;
  }

  /** Breaks the connection, and waits until it is back. */
  async function lose(game: Connection): Promise<void> {
    await game.call(leave, ["hall"], undefined);
    const before = changes.length;
    server.cut();
    await until(() => changes.slice(before).some(({ state }) => state === "connected"));
  }

  test("a new session logs in before anything else, at first and after the server was started again", async () => {
    const game = await open((early) => early.call(logIn, ["Ann"], undefined));
    game.subscription(entered).on(() => {});
    const off = game.on("waiting", () => {
      server.forget();
      void game.call(leave, ["attic"], undefined);
      game.send(wave, ["attic"]);
    });
    await lose(game);
    off();
    await game.call(leave, ["hall"], undefined);
    expect(server.heard).toEqual([
      "Login/enter",
      "subscribe on/Lobby/entered 0",
      "Lobby/leave",
      "subscribe on/Lobby/entered 0",
      "Login/enter",
      "Lobby/leave",
      "Lobby/leave",
    ]);
    expect(changes.at(-1)).toEqual({ state: "connected", resumed: false });
  });

  test("a resumed session is logged in already", async () => {
    let logins = 0;
    const game = await open((early) => {
      logins++;
      return early.call(logIn, ["Ann"], undefined);
    });
    await lose(game);
    expect(logins).toBe(1);
    expect(changes.at(-1)).toEqual({ state: "connected", resumed: true });
  });

  test("a connection that is lost during the login logs in when it is back", async () => {
    let logins = 0;
    server.scripts.set("Login/enter", () => (++logins === 2 ? void server.cut() : [0, null]));
    const game = await open((early) => early.call(logIn, ["Ann"], undefined));
    server.givesTickets = false;
    server.forget();
    await lose(game);
    expect(logins).toBe(3);
    expect(changes.map(({ state }) => state)).toEqual([
      "waiting",
      "connecting",
      "waiting",
      "connecting",
      "connected",
    ]);
  });

  test("what the first login rejects with, the connect rejects with", async () => {
    server.scripts.set("Login/enter", () => [1, "failed", "taken", ["NameTaken", ["Ann"]]]);
    const error = await failureOf(open((early) => early.call(logIn, ["Ann"], undefined)));
    expect(error).toMatchObject({ code: "failed", details: { type: "NameTaken" } });
    const bug = await failureOf(
      open(() => {
        throw new TypeError("a bug");
      }),
    );
    expect(bug).toMatchObject({ code: "internal", message: "a bug", cause: expect.any(TypeError) });
  });

  test("a session that ends during the first login ends the attempt to connect", async () => {
    const ended = await failureOf(
      open((early) => {
        server.push("Antwire/closed", ["replaced", "you play elsewhere"]);
        return early.call({ ...logIn, route: "Login/slow" }, ["Ann"], undefined);
      }),
    );
    expect(ended.code).toBe("aborted");
    const closed = await failureOf(open((early) => early.close()));
    expect(closed.code).toBe("cancelled");
  });

  test("a later one is tried again, and calls wait for it", async () => {
    let logins = 0;
    server.scripts.set("Login/enter", () =>
      ++logins === 2 ? [1, "failed", "taken", ["NameTaken", ["Ann"]]] : [0, null],
    );
    server.givesTickets = false;
    const game = await open((early) => early.call(logIn, ["Ann"], undefined));
    await game.call(leave, ["hall"], undefined);
    server.cut();
    await until(() => changes.length > 0);
    await game.call(leave, ["attic"], undefined);
    expect(logins).toBe(3);
    const reasons = changes.flatMap((change) => (change.state === "waiting" ? [change.reason.code] : []));
    expect(reasons).toEqual(["unavailable", "failed"]);
  });

  test("one that the server denies closes the connection", async () => {
    server.givesTickets = false;
    const game = await open((early) => early.call(logIn, ["Ann"], undefined));
    await game.call(leave, ["hall"], undefined);
    server.scripts.set("Login/enter", () => [1, "permission-denied", "banned"]);
    server.cut();
    await until(() => game.state === "closed");
    expect((await failureOf(game.call(leave, ["hall"], undefined))).code).toBe("permission-denied");
  });

  test("calls through another connection than the login's own wait for the login", async () => {
    let release: () => void = () => {};
    const outside: Promise<unknown>[] = [];
    const game = await open(async (early) => {
      if (connection === undefined) return;
      outside.push(connection.call(leave, ["outside"], undefined));
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await early.call(logIn, ["Ann"], undefined);
    });
    server.givesTickets = false;
    server.forget();
    server.cut();
    await until(() => outside.length === 1);
    expect(server.heard).toEqual([]);
    expect(game.state).toBe("connecting");
    release();
    await outside[0];
    expect(server.heard).toEqual(["Login/enter", "Lobby/leave"]);
  });
});
