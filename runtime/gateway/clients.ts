import type { PushSink } from "../session/push-sink.js";
import { nodeOfSession } from "../session/session-id.js";
import type { SessionRegistry } from "../session/session-registry.js";
import { AwayClients } from "./away-clients.js";
import type { ClientConnect } from "./broker-stream.js";
import { Client, type ClientHost } from "./client.js";
import { ConnectRefusal } from "./connect-refusal.js";
import type { Connection } from "./connection.js";
import type { GatewayContext } from "./gateway-context.js";
import { type Closing, closedPush } from "./own-routes.js";
import type { PushChannels } from "./push-channels.js";
import { Subscriptions } from "./subscriptions.js";

/** What the clients of a gateway share. */
export interface ClientsOptions {
  readonly sessions: SessionRegistry<Client>;
  readonly channels: PushChannels;
  readonly pushes: PushSink;
  readonly onSessionEnd: (client: Client) => void;
}

/** The clients of a gateway, from the beginning of each session to its end. */
export class Clients implements ClientHost {
  readonly context: GatewayContext;
  readonly sessions: SessionRegistry<Client>;
  readonly #options: ClientsOptions;
  readonly #away: AwayClients;

  constructor(context: GatewayContext, options: ClientsOptions) {
    const { resumeMs, away } = context.limits;
    this.context = context;
    this.sessions = options.sessions;
    this.#options = options;
    this.#away = new AwayClients(context.time, resumeMs, away);
  }

  /** With those who are away. */
  get size(): number {
    return this.sessions.size;
  }

  /** Clients that have a connection. */
  get connected(): number {
    return this.sessions.size - this.#away.size;
  }

  createSubscriptions(): Subscriptions {
    return new Subscriptions(this.#options.channels, this.context.limits);
  }

  /** Opens a session for who has come in. */
  open(connection: Connection): Client {
    const client = new Client(this, connection);
    connection.client = client;
    return client;
  }

  /**
   * Gives a connection the session that its client had before, and ends the connection before, if it still stands:
   * the gateway may not have noticed that it is broken. Throws a `ConnectRefusal`.
   *
   * @param connect its password is `<session>:<secret>`
   */
  resume(connection: Connection, { isClean, password = "" }: ClientConnect): void {
    const end = password.lastIndexOf(":");
    const id = password.slice(0, end);
    const secret = password.slice(end + 1);
    const client = this.sessions.find(id)?.client;
    if (client === undefined) throw refuse(this.#describeMissing(id));
    if (!client.secret.redeem(secret)) {
      throw refuse("The secret is wrong, or was used before");
    }
    const before = client.connection;
    if (before === undefined && !this.#away.take(client)) {
      this.end(client);
      throw refuse("The client was away for too long");
    }
    client.connection = connection;
    connection.client = client;
    // [MQTT-3.2.2-1] Who wants to begin anew is told that there was nothing.
    connection.isResumed = !isClean;
    before?.abort("taken over by another connection");
    this.context.counters.resumptions++;
  }

  /** A connection is gone. Its session goes on where its client may come back, and ends otherwise. */
  leave(connection: Connection): void {
    const { client } = connection;
    // After it was taken over the session is no longer its own.
    if (client === undefined || client.connection !== connection) return;
    client.connection = undefined;
    const mayReturn = client.secret.isSet && !this.context.isStopping;
    if (!mayReturn || !this.#away.add(client)) this.end(client);
  }

  tell({ session }: Client, closing: Closing): void {
    this.#options.pushes.push(closedPush, { kind: "session", id: session.id }, closing);
  }

  end(client: Client): void {
    if (!this.sessions.has(client.session)) return;
    this.#away.take(client);
    client.secret.forget();
    this.sessions.end(client.session);
    this.#options.onSessionEnd(client);
  }

  /** Ends the sessions of those who have been away for too long. To be called about once a second. */
  sweep(): void {
    for (const client of this.#away.takeLate()) this.end(client);
  }

  /** Ends the sessions of all who are away. */
  endAway(): void {
    for (const client of this.#away.takeAll()) this.end(client);
  }

  #describeMissing(id: string): string {
    const node = nodeOfSession(id);
    return node === undefined || node === this.sessions.node
      ? "There is no such session"
      : `The session is not at this gateway, but at ${node}: the balancer has to lead players back to the gateway that they were at`;
  }
}

function refuse(reason: string): ConnectRefusal {
  return new ConnectRefusal(reason, "notAuthorized", { reason: "resumption" });
}
