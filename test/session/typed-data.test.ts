import { expect, expectTypeOf, test } from "vitest";
import { CallCore } from "../../runtime/call/call-core.js";
import { ModuleCaller } from "../../runtime/call/module-caller.js";
import { hostModule } from "../../runtime/module/host.js";
import type { Logger } from "../../runtime/module/logger.js";
import { SessionRegistry } from "../../runtime/session/session-registry.js";
import {
  application,
  defineConfig,
  defineGame1,
  Rpc,
  type Session,
  type UserSession,
} from "../golden/session-data/expected/server.js";
import type { PlayerData } from "../golden/session-data/idl/game.js";

const player: PlayerData = { name: "Ann", level: 1, outfit: { hat: "red" } };

type Carried = Readonly<PlayerData> | undefined;

/** A game whose handlers use what the session carries. */
const game = defineGame1(({ onSessionEnd }) => {
  onSessionEnd((session) => {
    expectTypeOf(session.data).toEqualTypeOf<Carried>();
  });
  return {
    async enter(session, name) {
      await session.setData({ ...player, name });
      // @ts-expect-error: it says nothing of the level.
      await expect(session.setData({ name })).rejects.toMatchObject({
        code: "invalid-argument",
        details: { path: "level" },
      });
      if (session.data === undefined) throw new Error("it has been set");
      return session.data;
    },
    async win(session, call) {
      expectTypeOf(call.session).toEqualTypeOf<Session | undefined>();
      if (session.data === undefined) return 0;
      await session.setData({ ...session.data, level: session.data.level + 1 });
      return session.data.level;
    },
    top: () => [],
  };
});

defineConfig({
  modules: {},
  gateway: {
    authenticate(_request, { session }) {
      expectTypeOf(session.data).toEqualTypeOf<Carried>();
      return "guest";
    },
  },
});

const ignore = () => {};
const log: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

test("what a session carries has the type that extends SessionData, and is checked by it", async () => {
  const core = new CallCore({ createRpc: application.createRpc, log });
  const sink = { push: ignore };
  const hosted = hostModule({ definition: game, settings: {}, rpc: undefined, node: "one", sink, log });
  core.callees.open("Game1", await hosted.setUp());
  const rpc = new Rpc(new ModuleCaller(core, undefined));
  const registry = new SessionRegistry({ groupsPerSession: 8, data: application.sessionData });
  const session = registry.open({ close: ignore });
  await session.bind("Bob");
  // The registry knows by the codec what TypeScript cannot: its type of data, and that there is a user.
  const typed = session as UserSession;

  expect(await rpc.game1.enter(typed, "Bob")).toEqual({ ...player, name: "Bob" });
  expect(await rpc.game1.win(typed)).toBe(2);
  expect(session.data).toEqual({ ...player, name: "Bob", level: 2 });
});

test("what a module does with its object later changes nothing of what the session carries", async () => {
  const registry = new SessionRegistry({ groupsPerSession: 8, data: application.sessionData });
  const session = registry.open({ close: ignore });
  const own = structuredClone(player);
  await session.setData(own);
  own.outfit.hat = "blue";
  expect(session.data).toEqual(player);
});
