import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import type { LiveSession } from "../../runtime/session/live-session.js";
import { SessionRegistry } from "../../runtime/session/session-registry.js";
import { startApplication } from "./application.js";
import { eventually } from "./eventually.js";
import { admitted } from "./raw-client.js";

class FakeConnection {
  closed: (string | undefined)[] = [];
  close(reason?: string): void {
    this.closed.push(reason);
  }
}

function ids(sessions: Iterable<LiveSession<FakeConnection>>): string[] {
  return [...sessions].map(({ id }) => id);
}

test("a session tells its user and its groups as they are", async () => {
  const registry = new SessionRegistry<FakeConnection>({ groupsPerSession: 64 });
  const session = registry.open(new FakeConnection());
  expect(session.userId).toBeUndefined();
  await session.bind("Ann");
  await session.join("a");
  await session.join("a");
  await session.join("b");
  await session.leave("b");
  await session.leave("none");
  expect([session.userId, [...session.groups]]).toEqual(["Ann", ["a"]]);
  await session.unbind();
  await session.unbind();
  expect(session.userId).toBeUndefined();
});

test("groups of a session are bounded", async () => {
  const registry = new SessionRegistry<FakeConnection>({ groupsPerSession: 2 });
  const session = registry.open(new FakeConnection());
  await session.join("a");
  await session.join("b");
  await expect(session.join("c")).rejects.toMatchObject({ code: "resource-exhausted" });
  await session.join("a");
  await session.leave("a");
  await session.join("c");
  expect([...session.groups]).toEqual(["b", "c"]);
});

test("an ended session is in no audience, tells what it was, and can join nothing any more", async () => {
  const registry = new SessionRegistry<FakeConnection>({ groupsPerSession: 64 });
  const session = registry.open(new FakeConnection());
  const other = registry.open(new FakeConnection());
  await session.bind("Ann");
  await session.join("a");
  await other.join("a");
  registry.end(session);
  expect(ids(registry.members({ kind: "session", id: session.id }))).toEqual([]);
  expect(ids(registry.members({ kind: "user", id: "Ann" }))).toEqual([]);
  expect(ids(registry.members({ kind: "group", id: "a" }))).toEqual([other.id]);
  expect(ids(registry.members({ kind: "all" }))).toEqual([other.id]);
  expect([session.userId, [...session.groups]]).toEqual(["Ann", ["a"]]);
  await expect(session.bind("Bob")).rejects.toThrow(RpcError);
  await expect(session.join("b")).rejects.toThrow(RpcError);
  await session.leave("a");
  await session.unbind();
  expect(ids(registry.members({ kind: "group", id: "a" }))).toEqual([other.id]);
});

test("no two sessions have the same id, and an id says nothing", () => {
  const registry = new SessionRegistry<FakeConnection>({ groupsPerSession: 64 });
  const opened = Array.from({ length: 1_000 }, () => registry.open(new FakeConnection()).id);
  expect(new Set(opened).size).toBe(1_000);
  expect(opened[0]).toMatch(/^[A-Za-z0-9_-]{22}$/);
});

test("a session ends once, after its connection, however it ends", async () => {
  await using app = await startApplication();
  const ways: ((client: Awaited<ReturnType<typeof admitted>>) => void)[] = [
    (client) => client.send({ cmd: "disconnect" }),
    (client) => client[Symbol.dispose](),
    (client) => client.write(Buffer.from([0, 0])),
    () => void app.sessions.at(-1)?.close("enough"),
  ];
  for (const [i, end] of ways.entries()) {
    using client = await admitted(app.mqttPort);
    client.publish("rpc/Room/enter/1", '["Ann"]');
    await client.next("publish");
    end(client);
    await client.closed();
    await eventually(() => app.ended.length).toBe(i + 1);
    expect(app.ended[i]).toBe(app.sessions[i]);
    expect(app.ended[i]).toMatchObject({ userId: "Ann" });
  }
  await app.gateway.close();
  expect(app.ended).toHaveLength(ways.length);
});

test("what was sent before a session is closed still arrives", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/flood/1", "[500000]");
  client.publish("rpc/Room/note/2", "[2]");
  await eventually(() => app.notes.length).toBe(1);
  await app.sessions[0]?.close();
  await client.closed();
  expect(client.packets).toHaveLength(2);
});
