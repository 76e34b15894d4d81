import { RpcError } from "../error/rpc-error.js";
import type { Session } from "./session.js";
import type { SessionRegistry } from "./session-registry.js";

/** What a session lives on. */
export interface SessionConnection {
  /** Ends it, and with it the session. */
  close(reason?: string): void;
}

/** A session in the process that holds its connection, so that what it tells is always current. */
export class LiveSession<Connection extends SessionConnection> implements Session {
  readonly id: string;
  readonly connection: Connection;
  readonly #registry: SessionRegistry<Connection>;
  readonly #groups = new Set<string>();
  #userId: string | undefined;

  /** Use `SessionRegistry.open`. */
  constructor(id: string, connection: Connection, registry: SessionRegistry<Connection>) {
    this.id = id;
    this.connection = connection;
    this.#registry = registry;
  }

  get userId(): string | undefined {
    return this.#userId;
  }

  get groups(): ReadonlySet<string> {
    return this.#groups;
  }

  async bind(userId: string): Promise<void> {
    this.#requireOpen();
    this.#leaveUser();
    this.#userId = userId;
    this.#registry.users.add(userId, this);
  }

  async unbind(): Promise<void> {
    this.#leaveUser();
  }

  async join(group: string): Promise<void> {
    this.#requireOpen();
    if (this.#groups.has(group)) return;
    const limit = this.#registry.groupsPerSession;
    if (this.#groups.size >= limit) {
      throw new RpcError("resource-exhausted", `A session is in at most ${limit} groups`);
    }
    this.#groups.add(group);
    this.#registry.groups.add(group, this);
  }

  async leave(group: string): Promise<void> {
    if (this.#groups.delete(group)) this.#registry.groups.delete(group, this);
  }

  async close(reason?: string): Promise<void> {
    this.connection.close(reason);
  }

  // A handler may still run for a session that has ended. What it added then would never be taken away.
  #requireOpen(): void {
    if (!this.#registry.has(this)) throw new RpcError("unavailable", "The session has ended");
  }

  #leaveUser(): void {
    if (this.#userId === undefined) return;
    this.#registry.users.delete(this.#userId, this);
    this.#userId = undefined;
  }
}
