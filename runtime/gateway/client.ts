import type { LiveSession } from "../session/live-session.js";
import type { SessionClient } from "../session/session-client.js";
import type { SessionRegistry } from "../session/session-registry.js";
import type { Connection } from "./connection.js";
import type { GatewayContext } from "./gateway-context.js";
import type { Closing } from "./own-routes.js";
import { identifyPublish } from "./publish-packet.js";
import { placeOf } from "./push-channels.js";
import type { PushPackets } from "./push-packets.js";
import { ReplayQueue } from "./replay-queue.js";
import { SessionSecret } from "./session-secret.js";
import type { Subscriptions } from "./subscriptions.js";

/** What all clients share. */
export interface ClientHost {
  readonly context: GatewayContext;
  readonly sessions: SessionRegistry<Client>;
  createSubscriptions(): Subscriptions;
  /** Tells a client why its session is about to end, if it wants to hear. */
  tell(client: Client, closing: Closing): void;
  /** Ends the session of a client without a connection. */
  end(client: Client): void;
}

/** One client for as long as its session lasts: what outlives its connections. */
export class Client implements SessionClient {
  readonly session: LiveSession<Client>;
  readonly subscriptions: Subscriptions;
  /** Not set where the client cannot come back once its connection is lost. */
  readonly secret = new SessionSecret();
  /** Undefined while the client is away. */
  connection: Connection | undefined;
  readonly #host: ClientHost;
  /** Whether it ever asked for a secret. What is pushed to others they can never miss. */
  #mayReturn = false;
  #replay: ReplayQueue | undefined = undefined;
  // Most clients never use QoS 2, and an empty set takes 180 bytes.
  #unreleased: Set<number> | undefined = undefined;

  constructor(host: ClientHost, connection: Connection) {
    this.#host = host;
    this.connection = connection;
    this.subscriptions = host.createSubscriptions();
    this.session = host.sessions.open(this);
  }

  get isAway(): boolean {
    return this.connection === undefined;
  }

  /** Identifiers of the messages of QoS 2 that it published and has not released. */
  get unreleased(): Set<number> {
    this.#unreleased ??= new Set();
    return this.#unreleased;
  }

  /** Makes a secret with which the client can come back once, in place of the one before. */
  issueSecret(): string {
    this.#mayReturn = true;
    return this.secret.issue();
  }

  /** Sends a push in one of its forms, which the client subscribed to. */
  push(packets: PushPackets, isJson: boolean): void {
    const { channel } = packets;
    const place = placeOf(channel, isJson);
    if (channel.isReplay && this.subscriptions.isAcknowledged(place)) {
      this.#pushForSure(packets.identified(isJson));
    } else if (channel.isLatest) {
      this.connection?.sendLatest(packets.plain(isJson), place);
    } else {
      this.connection?.send(packets.plain(isJson));
    }
  }

  /** The client has got a push of QoS 1. */
  acknowledge(identifier: number): void {
    this.#replay?.acknowledge(identifier);
  }

  /** Sends again over a new connection what was not acknowledged over those before. */
  resend(connection: Connection): void {
    this.#replay?.resend((packet) => connection.send(packet));
  }

  close(reason = "closed by the application"): void {
    this.dismiss({ code: "closed", reason });
  }

  /** Ends the session, and tells the client why. */
  dismiss(closing: Closing): void {
    if (!this.isAway) this.#host.tell(this, closing);
    this.drop(closing.reason);
  }

  /** Ends the session. To the client it looks like a lost connection. */
  drop(reason: string): void {
    this.secret.forget();
    if (this.connection === undefined) this.#host.end(this);
    else this.connection.close(reason);
  }

  #pushForSure(packet: Buffer): void {
    const connection = this.connection?.isOpen === true ? this.connection : undefined;
    const { limits, counters } = this.#host.context;
    this.#replay ??= new ReplayQueue({
      limit: limits.replay,
      byteLimit: limits.queuedBytes / 2,
      counters,
    });
    const identifier = this.#mayReturn
      ? this.#replay.add(packet, connection !== undefined)
      : this.#replay.next();
    connection?.send(identifyPublish(packet, identifier, false));
  }
}
