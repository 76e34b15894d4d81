import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectionState } from "../../runtime/client/connection-events.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { enter, leave, wave } from "./methods.js";
import { failureOf } from "./outcome.js";
import { startRawServer } from "./raw-server.js";
import { ScriptedBroker, until } from "./scripted-broker.js";

let broker: ScriptedBroker;

beforeEach(async () => {
  broker = await ScriptedBroker.start();
});

afterEach(() => broker.stop());

describe.each(["tcp", "ws"] as const)("over %s", (transport) => {
  test("close says goodbye after everything that was said before", async () => {
    const server = await startRawServer(transport);
    const connection = await openConnection(server.url);
    connection.send(wave, ["hall"]);
    await connection.close();
    await until(() => server.connections[0]?.ended === true);
    expect(server.connections[0]?.packets.map(({ cmd }) => cmd)).toEqual([
      "connect",
      "publish", // The wish for a ticket.
      "subscribe", // To the session's end.
      "publish",
      "disconnect",
    ]);
    await server.stop();
  });

  test("pending calls and later ones reject with cancelled", async () => {
    const connection = await openConnection(broker[transport]);
    const states: ConnectionState[] = [];
    connection.on("state", (change) => {
      states.push(change.state);
      expect(change).toEqual({ state: "closed", reason: undefined });
    });
    const pending = failureOf(connection.call(enter, ["hall"], undefined));
    await until(() => broker.heard.length === 1);
    const closed = connection.close();
    expect(connection.state).toBe("closed");
    expect((await pending).code).toBe("cancelled");
    expect((await failureOf(connection.call(enter, ["hall"], undefined))).code).toBe("cancelled");
    connection.send(wave, ["hall"]);
    await closed;
    await connection.close();
    expect(states).toEqual(["closed"]);
    expect(broker.heard).toHaveLength(1);
  });

  test("a connection that waits to come back closes too", async () => {
    const connection = await openConnection(broker[transport]);
    await broker.vanish();
    await until(() => connection.state === "waiting");
    const waiting = failureOf(connection.call(leave, ["hall"], undefined));
    await connection.close();
    expect((await waiting).code).toBe("cancelled");
    expect(connection.state).toBe("closed");
  });

  test.each(["waiting", "connecting", "connected"] as const)(
    "a listener may close it when it is %s",
    async (when) => {
      const connection = await openConnection(broker[transport]);
      const states: ConnectionState[] = [];
      connection.on("state", ({ state }) => {
        states.push(state);
        if (state === when) void connection.close();
      });
      const alsoHeard: ConnectionState[] = [];
      connection.on("state", ({ state }) => alsoHeard.push(state));
      broker.drop();
      await until(() => connection.state === "closed");
      await connection.close();
      expect(states).toEqual(
        ["waiting", "connecting", "connected"].slice(0, states.length - 1).concat("closed"),
      );
      expect(states.at(-2)).toBe(when);
      expect(alsoHeard).toEqual(states);
    },
  );
});

test("a server that never hangs up does not keep a connection from closing", async () => {
  const server = await startRawServer("tcp"); // It lets its half of the connection stand open.
  const connection = await openConnection(server.url);
  await connection.close();
  await server.stop();
});

test.each(["tcp", "ws"] as const)("nor does one over %s that has stopped reading", async (transport) => {
  const server = await startRawServer(transport);
  const connection = await openConnection(server.url);
  server.connections[0]?.pause();
  const huge = "x".repeat(30_000_000);
  connection.send({ ...wave, write: () => huge }, ["hall"]);
  await connection.close();
  await server.stop();
});

test.each(["tcp", "ws"] as const)(
  "a program over %s ends by itself once its connections are closed",
  async (kind) => {
    broker.scripts.set("Lobby/leave", () => [0, null]);
    const program = fileURLToPath(new URL("program.ts", import.meta.url));
    const args = ["--import", "tsx", program, broker[kind]];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 });
    expect(stdout).toBe("closed\n");
  },
);
