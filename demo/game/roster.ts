import type { Player } from "../../idl/login.js";
import { hueOf } from "./hue.js";
import { nameKey } from "./name.js";

/** Who plays under which name. It holds one player for each session that entered, and forgets them as they go. */
export class Roster {
  readonly #idPrefix: string;
  readonly #bySession = new Map<string, Player>();
  readonly #byUser = new Map<string, Player>();
  readonly #holders = new Map<string, Player>();
  #count = 0;

  /** @param idPrefix sets this roster's user ids apart from those of another run of the same server */
  constructor(idPrefix: string) {
    this.#idPrefix = idPrefix;
  }

  /**
   * Gives a session its player, or the player a new name.
   *
   * @returns the player or, where another goes by that name, the name as that one writes it
   */
  enter(sessionId: string, name: string): Player | { readonly taken: string } {
    const key = nameKey(name);
    const holder = this.#holders.get(key);
    const known = this.#bySession.get(sessionId);
    if (holder && holder !== known) return { taken: holder.name };
    const player = known ?? this.#create(sessionId);
    this.#holders.delete(nameKey(player.name));
    player.name = name;
    this.#holders.set(key, player);
    return player;
  }

  /** Forgets the player of a session that has ended, and frees the name. */
  leave(sessionId: string): void {
    const player = this.#bySession.get(sessionId);
    if (!player) return;
    this.#bySession.delete(sessionId);
    this.#byUser.delete(player.userId);
    this.#holders.delete(nameKey(player.name));
  }

  nameOf(userId: string): string | undefined {
    return this.#byUser.get(userId)?.name;
  }

  #create(sessionId: string): Player {
    const userId = `${this.#idPrefix}-${++this.#count}`;
    const player: Player = { userId, name: "", hue: hueOf(userId) };
    this.#bySession.set(sessionId, player);
    this.#byUser.set(userId, player);
    return player;
  }
}
