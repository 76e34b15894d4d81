import { defineLogin, NameTaken, RpcError } from "../../generated/server.js";
import { arenaGroup, groupOfRoom, lobby } from "../game/groups.js";
import { tidyName } from "../game/name.js";
import { Roster } from "../game/roster.js";

export default defineLogin(({ onSessionEnd }) => {
  const roster = new Roster(Date.now().toString(36));

  onSessionEnd((session) => roster.leave(session.id));

  return {
    async enter(session, wanted) {
      const name = tidyName(wanted);
      if (name === "") {
        const expected = "a name that can be seen";
        throw new RpcError("invalid-argument", `name: expected ${expected}`, {
          details: { path: "name", expected },
        });
      }
      const player = roster.enter(session.id, name);
      if ("taken" in player) throw new NameTaken(player);
      try {
        if (session.userId !== player.userId) await session.bind(player.userId);
        await session.join(groupOfRoom(lobby));
        await session.join(arenaGroup);
      } catch (error) {
        // Most likely the session has ended meanwhile, and nobody would free the name.
        roster.leave(session.id);
        throw error;
      }
      return player;
    },

    getName(userId) {
      const name = roster.nameOf(userId);
      if (name === undefined) throw new RpcError("not-found", "no such user plays");
      return name;
    },
  };
});
