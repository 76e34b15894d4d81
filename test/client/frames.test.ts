import { afterEach, expect, test } from "vitest";
import type { Connection } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { enter, entered, wave } from "./methods.js";
import { failureOf } from "./outcome.js";
import { type RawServer, startRawServer } from "./raw-server.js";
import { until } from "./scripted-broker.js";

let server: RawServer;
let connection: Connection;

afterEach(async () => {
  await connection.close();
  await server.stop();
});

test("over WebSocket the packets of one turn travel in one frame", async () => {
  server = await startRawServer("ws");
  connection = await openConnection(server.url);
  connection.subscription(entered).on(() => {});
  const calls = Array.from({ length: 50 }, () => failureOf(connection.call(enter, ["hall"], undefined)));
  for (let i = 0; i < 50; i++) connection.send(wave, ["hall"]);
  const [client] = server.connections;
  await until(() => client?.packets.length === 104);
  expect(client?.chunks).toHaveLength(3); // CONNECT, what comes with every session, and all the rest.
  await connection.close();
  await Promise.all(calls);
});

test("when the server does not read, one-way calls are dropped and calls refused, instead of piling up", async () => {
  server = await startRawServer("tcp");
  connection = await openConnection(server.url);
  // Not a byte leaves the program before this turn ends.
  const large = { ...wave, write: () => "x".repeat(600_000) };
  for (let i = 0; i < 20; i++) connection.send(large, ["hall"]);
  const error = await failureOf(connection.call(enter, ["hall"], undefined));
  expect(error.code).toBe("resource-exhausted");
  const [client] = server.connections;
  await until(() => client?.packets.length === 5);
  connection.send(wave, ["hall"]);
  await until(() => client?.packets.length === 6);
});
