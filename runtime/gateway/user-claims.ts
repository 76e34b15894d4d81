import type { Clock } from "../clock/clock.js";
import type { SessionsPerUser } from "../config/config.js";
import { RpcError } from "../error/rpc-error.js";
import type { LiveSession } from "../session/live-session.js";
import type { UserClaim } from "../session/user-claim.js";
import type { Client } from "./client.js";

/** Milliseconds for which other gateways can object to a claim. What they say takes a few of these. */
const objectionTime = 300;

/** What claims are decided by. */
export interface UserClaimsOptions {
  readonly policy: SessionsPerUser;
  readonly time: Clock;
  /** The sessions of a user at this gateway. */
  members(userId: string): Iterable<LiveSession<Client>>;
  /** Tells the other gateways that have sessions of the user; undefined where there are none. */
  readonly announce: ((claim: UserClaim) => void) | undefined;
}

/** A claim to which others may still object. */
interface Open {
  readonly claim: UserClaim;
  /** Undefined while nobody has. */
  objection: RpcError | undefined;
}

/**
 * Lets a user have one session, where the config says so. No gateway knows of all sessions, so a session's claim
 * is told to those that have others of that user. Of two that claim at the same time the one with the greater id wins,
 * whatever the clocks of their machines say.
 */
export class UserClaims {
  readonly #options: UserClaimsOptions;
  /** Whom each session has claimed. Others may be on their way to do so, and do not count yet. */
  readonly #claimed = new WeakMap<LiveSession<Client>, string>();
  readonly #open = new Map<string, Open>();

  constructor(options: UserClaimsOptions) {
    this.#options = options;
  }

  /** To be called when the pushes to the user come here. Rejects with `permission-denied` where another session has the user. */
  async claim(session: LiveSession<Client>, userId: string): Promise<void> {
    const { policy, announce } = this.#options;
    if (policy === "allow") return;
    for (const other of this.#options.members(userId)) {
      if (other !== session && this.#claimed.get(other) === userId) this.#giveWay(other);
    }
    this.#claimed.set(session, userId);
    if (announce === undefined) return;
    const open: Open = { claim: { userId, session: session.id, isSettled: false }, objection: undefined };
    this.#open.set(session.id, open);
    const decided = this.#decide(open);
    announce(open.claim);
    if (policy === "replace") return;
    await decided;
    if (open.objection === undefined) return;
    this.#claimed.delete(session);
    throw open.objection;
  }

  /** A session of another gateway claims a user. */
  hear(claim: UserClaim): void {
    for (const session of this.#options.members(claim.userId)) {
      if (session.id === claim.session || this.#claimed.get(session) !== claim.userId) continue;
      const open = this.#open.get(session.id);
      if (open !== undefined && session.id > claim.session && !claim.isSettled) {
        // They may not have heard of it yet.
        this.#options.announce?.(open.claim);
      } else if (this.#options.policy === "replace") {
        replace(session);
      } else if (open !== undefined) {
        open.objection = refusal();
      } else if (!claim.isSettled) {
        this.#object(session, claim.userId);
      }
    }
  }

  #giveWay(other: LiveSession<Client>): void {
    if (this.#options.policy === "replace" || other.client.isAway) replace(other);
    else throw refusal();
  }

  #object(session: LiveSession<Client>, userId: string): void {
    if (session.client.isAway) replace(session);
    else this.#options.announce?.({ userId, session: session.id, isSettled: true });
  }

  #decide(open: Open): Promise<void> {
    return new Promise((resolve) => {
      this.#options.time.after(objectionTime, () => {
        if (this.#open.get(open.claim.session) === open) this.#open.delete(open.claim.session);
        resolve();
      });
    });
  }
}

function replace(session: LiveSession<Client>): void {
  session.client.dismiss({ code: "replaced", reason: "The user began another session" });
}

function refusal(): RpcError {
  return new RpcError("permission-denied", "The user has a session already, and may have only one");
}
