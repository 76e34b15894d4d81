import { isText } from "../codec/text.js";
import type { SessionWire } from "../remote/session-wire.js";
import { RemoteSession, type SessionHome } from "../session/remote-session.js";
import type { Session } from "../session/session.js";

/** Hears of each call that comes with a session of another node. */
export interface SessionObserver {
  see(session: Session): void;
}

/** Takes sessions from node to node: `[id, user or null, [groups…], data?]`. */
export class SessionCourier implements SessionWire {
  readonly #home: SessionHome;
  readonly #find: (id: string) => Session | undefined;
  readonly #watch: SessionObserver;

  /** @param find the session of that id whose connection this node holds */
  constructor(home: SessionHome, find: (id: string) => Session | undefined, watch: SessionObserver) {
    this.#home = home;
    this.#find = find;
    this.#watch = watch;
  }

  write(session: Session): unknown {
    const { id, userId = null, groups, data } = session;
    const state = [id, userId, [...groups]];
    return data === undefined ? state : [...state, this.#home.data.write(data)];
  }

  read(wire: unknown): Session | undefined {
    if (!Array.isArray(wire)) return undefined;
    const [id, userId, groups, data]: unknown[] = wire;
    if (typeof id !== "string" || !Array.isArray(groups) || !groups.every(isText)) return undefined;
    const state = { id, userId: typeof userId === "string" ? userId : undefined, groups, data };
    const live = this.#find(id);
    if (live !== undefined) return live;
    const session = new RemoteSession(state, this.#home);
    this.#watch.see(session);
    return session;
  }
}
