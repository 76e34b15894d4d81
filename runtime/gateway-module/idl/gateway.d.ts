/** Whom a push goes to. */
export type Audience =
  | { kind: "session"; id: string }
  | { kind: "user"; id: string }
  | { kind: "group"; id: string }
  | { kind: "all" };

/** A push on its way to a gateway. */
export interface PackedPush {
  /** The module that pushes. */
  module: string;
  /** The push's name in it. */
  name: string;
  audience: Audience;
  /** The value in MessagePack, packed once by the node that pushes it. */
  value: Uint8Array;
}

/** A session that wants its user for itself. */
export interface UserClaim {
  userId: string;
  session: string;
  /** Whether it has the user already, and tells so to one that wants the same. */
  isSettled: boolean;
}

/**
 * A gateway, as other nodes reach it: the sessions whose connections it holds, by their ids. One that
 * has ended answers with `unavailable`.
 */
export interface AntwireGateway {
  /**
   * Binds a session to a user.
   * @idempotent
   */
  bind(id: string, userId: string): Promise<void>;

  /**
   * Makes a session a guest again.
   * @idempotent
   */
  unbind(id: string): Promise<void>;

  /**
   * Adds a session to a group. What any node pushes to the group from now on reaches it.
   * @idempotent
   */
  join(id: string, group: string): Promise<void>;

  /**
   * Takes a session out of a group.
   * @idempotent
   */
  leave(id: string, group: string): Promise<void>;

  /**
   * Replaces what a session carries; the data is in MessagePack.
   * @idempotent
   */
  setData(id: string, data: Uint8Array): Promise<void>;

  /**
   * Ends a session.
   * @idempotent
   */
  close(id: string, reason?: string): Promise<void>;

  /**
   * Which of these sessions have ended. Not idempotent on purpose: who asks after a gateway that is gone
   * should hear so at once, instead of when a search for it has ended too.
   */
  findEnded(ids: string[]): Promise<string[]>;

  /**
   * Ends sessions whose ends modules were told of while the gateway could not be reached. Not idempotent, for the
   * same reason.
   */
  endSessions(ids: string[]): Promise<void>;

  /**
   * Passes a push on to the sessions that it is for.
   *
   * @param except the node, or the process, that has had it already by a shorter way
   */
  deliver(push: PackedPush, except?: string): void;

  /**
   * Tells the gateways that have sessions of a user that another session claims it.
   *
   * @param except the node, or the process, that has heard it already by a shorter way
   */
  claimUser(claim: UserClaim, except?: string): void;
}
