import { defineArena, RpcError } from "../../generated/server.js";
import { arenaGroup } from "../game/groups.js";
import { Meadow } from "../game/meadow.js";
import { Presence } from "../game/presence.js";
import { ticksPerSecond } from "../game/rules.js";

/** How often the ranking hears what was gathered, in milliseconds. */
const reportMs = 1_000;

export default defineArena(({ rpc, push, log, clock, onStart, onSessionEnd }) => {
  const meadow = new Meadow(Math.random);
  const presence = new Presence();

  onStart(() => {
    clock.every(1_000 / ticksPerSecond, tick);
    clock.every(reportMs, report);
  });
  onSessionEnd((session) => {
    const userId = presence.remove(session.id);
    if (userId !== undefined) meadow.remove(userId);
  });

  function tick(): void {
    const frame = meadow.tick();
    if (frame) push.moved.toGroup(arenaGroup, frame);
  }

  function report(): void {
    for (const [userId, points] of meadow.harvest()) {
      rpc.ranking.record(userId, points).catch((error: unknown) => {
        log.error({ err: error, userId, points }, "the ranking did not take the points");
      });
    }
  }

  return {
    async join(session, call) {
      presence.add(session.id, session.userId);
      const name = await call.rpc.login.getName(session.userId);
      if (!presence.has(session.id)) throw new RpcError("aborted", "the session has ended");
      const ant = meadow.place(session.userId, name);
      if (ant === undefined) throw new RpcError("resource-exhausted", "the field is full of ants");
      return meadow.view(ant);
    },

    steer(session, heading) {
      meadow.steer(session.userId, heading);
    },
  };
});
