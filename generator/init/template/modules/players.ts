import { definePlayers, NameTaken, RpcError } from "../generated/server.js";
import type { Player } from "../idl/players.js";

export default definePlayers(({ push, onSessionEnd }) => {
  /** By the user's id, which is the session's here. */
  const players = new Map<string, Player>();

  onSessionEnd((session) => {
    if (players.delete(session.id)) push.changed.toAll([...players.values()]);
  });

  return {
    async enter(session, name) {
      for (const [id, player] of players) {
        if (player.name === name && id !== session.id) throw new NameTaken({ wanted: name });
      }
      const player = { name, hue: hueOf(name) };
      players.set(session.id, player);
      await session.bind(session.id);
      push.changed.toAll([...players.values()]);
      return player;
    },

    list() {
      return [...players.values()];
    },

    find(userId) {
      const player = players.get(userId);
      if (player === undefined) throw new RpcError("not-found", "nobody of that id plays");
      return player;
    },
  };
});

function hueOf(name: string): number {
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hue;
}
