import type { CallMaker } from "./call-record.js";
import type { Game } from "./generated/client.js";
import type { Rpc } from "./generated/server.js";

/** Milliseconds that a call may take, unless a test says otherwise. */
export const deadline = 5_000;

/** Calls as a module of another process makes them. */
export function callModules({ work, relay }: Rpc, timeout = deadline): CallMaker {
  return (kind, id, milliseconds) => {
    switch (kind) {
      case "once":
        return work.once(id, milliseconds, { timeout });
      case "again":
        return work.again(id, milliseconds, { timeout });
      case "nested":
        return relay.once(id, milliseconds, { timeout });
      case "note":
        work.note(id, { timeout });
        return undefined;
    }
  };
}

/** Calls as players make them, each player in turn. */
export function callAsPlayers(players: readonly Game[]): CallMaker {
  const options = { timeout: deadline };
  return (kind, id, milliseconds) => {
    const player = players[id % players.length];
    if (player === undefined) throw new RangeError("There are no players");
    switch (kind) {
      case "once":
      case "nested":
        return player.hall.once(id, milliseconds, options);
      case "again":
        return player.hall.again(id, milliseconds, options);
      case "note":
        player.hall.note(id);
        return undefined;
    }
  };
}
