/**
 * A client, as modules see it: one that is connected, or that lost its connection and may come back to its session. What it tells is as of the call it came with; what it changes
 * takes effect at the gateway that holds the connection. Once the session has ended, `bind`, `join` and
 * `setData` reject with `unavailable`, and the others have nothing left to do.
 */
export interface Session<Data = unknown> {
  /** Unique among all sessions of the application, and no secret. */
  readonly id: string;
  /** The user it is bound to. */
  readonly userId: string | undefined;
  /** The groups it is in. */
  readonly groups: ReadonlySet<string>;
  /** What `setData` put there; undefined before. It travels with the session, so keep it small. */
  readonly data: Data | undefined;
  /** Binds the session to a user, in place of the one it was bound to before. */
  bind(userId: string): Promise<void>;
  /** Makes it a guest again. */
  unbind(): Promise<void>;
  /**
   * Adds it to a group. Whatever is pushed to the group from then on reaches it. Rejects with
   * `resource-exhausted` at the bound of groups per session.
   */
  join(group: string): Promise<void>;
  leave(group: string): Promise<void>;
  /** Replaces the data. Rejects with `invalid-argument` where it does not fit its type. */
  setData(data: Data): Promise<void>;
  /** Ends it, and with it the connection. The reason is logged and told to the client, if that listens to `on/Antwire/closed`. */
  close(reason?: string): Promise<void>;
}

/** A session bound to a user. */
export interface UserSession<Data = unknown> extends Session<Data> {
  readonly userId: string;
}
