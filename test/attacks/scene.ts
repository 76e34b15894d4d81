import { expect } from "vitest";
import type { RefusalReason } from "../../runtime/gateway/refusal-reason.js";
import { type Application, startApplication } from "../gateway/application.js";
import * as contracts from "../gateway/contracts.js";
import { eventually } from "../gateway/eventually.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";

/** What an attack has to do with. */
export interface Scene {
  readonly app: Application;
  readonly port: number;
  /** A player who is in the middle of something, and listens to all that there is. */
  readonly victim: RawClient;
  readonly victimsSession: string;
}

/** What the gateway counts, and at least how often. */
export type Counted = Partial<Record<RefusalReason, number>>;

/**
 * Has somebody attack a game in which another plays, and looks at what it did to the other: nothing was heard, the
 * call that was under way ends as it should, the next one too, pushes still come, and somebody new can enter.
 */
export async function attack(counted: Counted, act: (scene: Scene) => Promise<void>): Promise<void> {
  await using app = await startApplication();
  const port = app.mqttPort;
  using victim = await admitted(port, { clientId: "victim" });
  victim.publish("rpc/Room/enter/in", '["Ann"]');
  expect(await victim.message()).toEqual(["re/in", '{"ok":null}']);
  expect(await victim.subscribe("#", "re/#", "json/on/#")).toEqual([0, 0, 0]);
  const [session] = app.sessions;
  if (session === undefined) throw new Error("who called has a session");
  victim.publish("rpc/Room/wait/long", "[]");
  await eventually(() => app.waiting.length).toBe(1);

  await act({ app, port, victim, victimsSession: session.id });

  for (const [reason, times] of Object.entries(counted)) {
    await eventually(() => app.gateway.refusals[reason as RefusalReason]).toBeGreaterThanOrEqual(times);
  }
  await victim.settle();
  expect(victim.packets).toEqual([]);
  app.waiting[0]?.finish(7);
  expect(await victim.message()).toEqual(["re/long", '{"ok":7}']);
  victim.publish("rpc/Room/note/2", "[2]");
  expect(await victim.message()).toEqual(["re/2", '{"ok":2}']);
  app.gateway.push(contracts.moved, { kind: "user", id: "Ann" }, 3);
  expect(await victim.message()).toEqual(["on/Score/moved", "\x03"]);
  expect(await victim.message()).toEqual(["json/on/Score/moved", "3"]);
  expect(app.notes).toEqual([2]);
  expect([session.userId, [...session.groups]]).toEqual(["Ann", ["lobby"]]);
  expect(app.ended).not.toContain(session);

  using next = await admitted(port, { clientId: "next" });
  next.publish("rpc/Score/top/1", "[1]");
  expect(await next.json()).toEqual({ ok: ["Ann"] });
  expect(app.logged.filter(({ level }) => level === "error")).toEqual([]);
}
