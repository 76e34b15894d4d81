/**
 * A connected client, as modules see it. What it tells is as of the call it came with; what it changes
 * takes effect at the gateway that holds the connection.
 */
export interface Session {
  /** Unique among all sessions of the application, and no secret. */
  readonly id: string;
  /** The user it is bound to. */
  readonly userId: string | undefined;
  /** The groups it is in. */
  readonly groups: ReadonlySet<string>;
  /** Binds the session to a user, in place of the one it was bound to before. */
  bind(userId: string): Promise<void>;
  /** Makes it a guest again. */
  unbind(): Promise<void>;
  /** Adds it to a group, to which modules push. Rejects with `resource-exhausted` at the bound of groups per session. */
  join(group: string): Promise<void>;
  leave(group: string): Promise<void>;
  /** Ends the connection. */
  close(reason?: string): Promise<void>;
}

/** A session bound to a user. */
export interface UserSession extends Session {
  readonly userId: string;
}
