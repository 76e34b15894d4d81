import type { Codec } from "../codec/codec.js";
import type { Session } from "./session.js";
import { withCodec } from "./session-data.js";

/** Reaches the gateways that hold sessions. Each method does what the session's method of that name does. */
export interface SessionHolder {
  bind(id: string, userId: string): Promise<void>;
  unbind(id: string): Promise<void>;
  join(id: string, group: string): Promise<void>;
  leave(id: string, group: string): Promise<void>;
  /** @param data as its codec wrote it */
  setData(id: string, data: unknown): Promise<void>;
  close(id: string, reason: string | undefined): Promise<void>;
}

/** What a session told where it came from. */
export interface SessionState {
  readonly id: string;
  readonly userId: string | undefined;
  readonly groups: readonly string[];
  /** As its codec wrote it; undefined where there is none. */
  readonly data: unknown;
}

/** What all remote sessions of a node share. */
export interface SessionHome {
  readonly holder: SessionHolder;
  /** The type of the sessions' data. */
  readonly data: Codec;
}

/** A session whose connection another node holds. It tells what was so when it came, and what it changed since. */
export class RemoteSession implements Session {
  readonly id: string;
  readonly #home: SessionHome;
  readonly #groups: Set<string>;
  #userId: string | undefined;
  #wire: unknown;
  #data: unknown = undefined;

  constructor(state: SessionState, home: SessionHome) {
    this.id = state.id;
    this.#home = home;
    this.#userId = state.userId;
    this.#groups = new Set(state.groups);
    this.#wire = state.data;
  }

  get userId(): string | undefined {
    return this.#userId;
  }

  get groups(): ReadonlySet<string> {
    return this.#groups;
  }

  /** Read when somebody looks at it: most calls do not. */
  get data(): unknown {
    if (this.#data === undefined && this.#wire !== undefined) {
      this.#data = withCodec(() => this.#home.data.read(this.#wire));
    }
    return this.#data;
  }

  async bind(userId: string): Promise<void> {
    await this.#home.holder.bind(this.id, userId);
    this.#userId = userId;
  }

  async unbind(): Promise<void> {
    await this.#home.holder.unbind(this.id);
    this.#userId = undefined;
  }

  async join(group: string): Promise<void> {
    await this.#home.holder.join(this.id, group);
    this.#groups.add(group);
  }

  async leave(group: string): Promise<void> {
    await this.#home.holder.leave(this.id, group);
    this.#groups.delete(group);
  }

  async setData(data: unknown): Promise<void> {
    // Written before anybody waits: what the module changes in it later has no say.
    const wire = withCodec(() => this.#home.data.write(this.#home.data.copy(data)));
    await this.#home.holder.setData(this.id, wire);
    this.#wire = wire;
    this.#data = undefined;
  }

  close(reason?: string): Promise<void> {
    return this.#home.holder.close(this.id, reason);
  }
}
