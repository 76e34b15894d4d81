import { expect, test } from "vitest";
import type { Codec } from "../../runtime/codec/codec.js";
import { refuse } from "../../runtime/codec/refusal.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { SessionCourier } from "../../runtime/gateway-module/session-courier.js";
import { RemoteSession, type SessionHolder } from "../../runtime/session/remote-session.js";
import { nodeOfSession } from "../../runtime/session/session-id.js";
import { SessionRegistry } from "../../runtime/session/session-registry.js";

/** A player's level, which is one number on the wire. */
const level: Codec<{ level: number }> = {
  write(value) {
    if (typeof value?.level !== "number") refuse("level", "a number", value?.level);
    return value.level;
  },
  read(wire) {
    if (typeof wire !== "number") refuse("level", "a number", wire);
    return { level: wire };
  },
  copy: (value) => level.read(level.write(value)),
};

/** Notes what it is told, and fails where it should. */
class NotingHolder implements SessionHolder {
  readonly told: unknown[][] = [];
  error: RpcError | undefined;

  bind = async (...args: unknown[]) => this.#note("bind", args);
  unbind = async (...args: unknown[]) => this.#note("unbind", args);
  join = async (...args: unknown[]) => this.#note("join", args);
  leave = async (...args: unknown[]) => this.#note("leave", args);
  setData = async (...args: unknown[]) => this.#note("setData", args);
  close = async (...args: unknown[]) => this.#note("close", args);

  #note(method: string, args: unknown[]): void {
    if (this.error !== undefined) throw this.error;
    this.told.push([method, ...args]);
  }
}

/** Where nobody wants to hear of the ends of sessions. */
const nobody = { see() {} };

function stage() {
  const holder = new NotingHolder();
  const home = { holder, data: level };
  const state = { id: "edge.s1", userId: "Ann", groups: ["red"], data: 3 };
  return { holder, home, session: new RemoteSession(state, home) };
}

test("what a session on another node is told goes to its gateway, and then it tells it itself", async () => {
  const { holder, session } = stage();
  await session.bind("Bob");
  await session.join("blue");
  await session.leave("red");
  await session.setData({ level: 4 });
  await session.close("enough");
  expect([session.userId, [...session.groups], session.data]).toEqual(["Bob", ["blue"], { level: 4 }]);
  await session.unbind();
  expect(session.userId).toBeUndefined();
  expect(holder.told).toEqual([
    ["bind", "edge.s1", "Bob"],
    ["join", "edge.s1", "blue"],
    ["leave", "edge.s1", "red"],
    ["setData", "edge.s1", 4],
    ["close", "edge.s1", "enough"],
    ["unbind", "edge.s1"],
  ]);
});

test("what its gateway refuses changes nothing", async () => {
  const { holder, session } = stage();
  holder.error = new RpcError("unavailable", "The session has ended");
  for (const change of [
    () => session.bind("Bob"),
    () => session.unbind(),
    () => session.join("blue"),
    () => session.leave("red"),
    () => session.setData({ level: 4 }),
  ]) {
    await expect(change()).rejects.toBe(holder.error);
  }
  expect([session.userId, [...session.groups], session.data]).toEqual(["Ann", ["red"], { level: 3 }]);
});

test("data that does not fit its type never leaves", async () => {
  const { holder, session } = stage();
  await expect(session.setData({ level: "four" })).rejects.toMatchObject({ code: "invalid-argument" });
  expect(holder.told).toEqual([]);
});

test("a session travels as it is, from a gateway and onwards", async () => {
  const { home } = stage();
  const registry = new SessionRegistry({ groupsPerSession: 8, node: "edge", data: level });
  const live = registry.open({ close() {} });
  await live.bind("Ann");
  await live.join("red");
  await live.setData({ level: 3 });
  const gateway = new SessionCourier(home, (id) => registry.find(id), nobody);
  const elsewhere = new SessionCourier(home, () => undefined, nobody);

  const wire = gateway.write(live);
  expect(wire).toEqual([live.id, "Ann", ["red"], 3]);
  const there = elsewhere.read(wire);
  expect(there).toBeInstanceOf(RemoteSession);
  expect([there?.userId, [...(there?.groups ?? [])], there?.data]).toEqual(["Ann", ["red"], { level: 3 }]);
  expect(there && elsewhere.write(there)).toEqual(wire);
  // Back home it is the session itself.
  expect(gateway.read(wire)).toBe(live);
});

test("a guest without data travels as a guest without data", () => {
  const { home } = stage();
  const courier = new SessionCourier(home, () => undefined, nobody);
  const there = courier.read(
    courier.write(new SessionRegistry({ groupsPerSession: 8 }).open({ close() {} })),
  );
  expect([there?.userId, there?.groups.size, there?.data]).toEqual([undefined, 0, undefined]);
});

test.each([
  [undefined],
  ["edge.s1"],
  [[]],
  [[1, null, []]],
  [["edge.s1", null, null]],
  [["edge.s1", null, [7]]],
])("%j is no session", (wire) => {
  const { home } = stage();
  expect(new SessionCourier(home, () => undefined, nobody).read(wire)).toBeUndefined();
});

test("a session's id tells its node, whatever that is called", () => {
  const ids = ["world-1.2", "edge"].map(
    (node) => new SessionRegistry({ groupsPerSession: 8, node }).open({ close() {} }).id,
  );
  expect(ids.map(nodeOfSession)).toEqual(["world-1.2", "edge"]);
  expect(nodeOfSession(new SessionRegistry({ groupsPerSession: 8 }).open({ close() {} }).id)).toBeUndefined();
});
