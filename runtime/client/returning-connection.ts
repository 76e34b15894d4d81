import { RpcError } from "../error/rpc-error.js";
import { type BackOff, backOff } from "../transport/back-off.js";
import { readReplyTopic } from "../wire/topic.js";
import type { ConnectionEvents, ConnectionState, StateChange } from "./connection-events.js";
import { ConnectionLink } from "./connection-link.js";
import type { Connection } from "./link.js";
import { Listeners } from "./listeners.js";
import type { MqttConnect, MqttConnection, MqttDelivery, OpenMqtt } from "./mqtt.js";
import { PendingCalls, type PendingCallsOptions } from "./pending-calls.js";
import { Repetitions } from "./repetitions.js";
import { sessionEnd } from "./session-end.js";
import { askForTicket, resumeUsername, type SessionTicket } from "./session-ticket.js";
import { Subscriptions, type Unpack } from "./subscriptions.js";

/** Between attempts to connect again. */
export const waits: BackOff = { shortest: 250, longest: 10_000 };

export interface ReturningConnectionOptions extends PendingCallsOptions {
  /** Opens the first MQTT connection and each that replaces a lost one. */
  readonly openMqtt: OpenMqtt;
  /** What a new session is opened with. */
  readonly connect: MqttConnect;
  readonly login: ((connection: Connection) => unknown) | undefined;
  readonly onProblem: (problem: RpcError) => void;
  /** For pushes. */
  readonly unpack: Unpack;
}

/** A session with a gateway that outlives its MQTT connections, and gives way to a new one where it cannot be resumed. */
export class ReturningConnection {
  readonly calls: PendingCalls;
  readonly subscriptions: Subscriptions;
  readonly #options: ReturningConnectionOptions;
  readonly #repetitions = new Repetitions();
  readonly #listeners = new Listeners<[StateChange]>();
  /** The connection as the login has it. */
  readonly #early = new ConnectionLink(this, "login");
  #state: ConnectionState = "connecting";
  #mqtt: MqttConnection | undefined;
  #first: { resolve(): void; reject(reason: RpcError): void } | undefined;
  /** Resolves when nothing is left of a closed connection. */
  #gone = Promise.resolve();

  #ticket: SessionTicket | undefined;
  /** Until when the ticket is worth trying, on the connection's clock. */
  #resumeUntil = Number.POSITIVE_INFINITY;
  /** Whether the login of this session has been done. */
  #loggedIn = false;

  #failures = 0;
  #connectedAt = 0;
  #stopWaiting: (() => void) | undefined;

  constructor(options: ReturningConnectionOptions) {
    this.#options = options;
    this.calls = new PendingCalls(options);
    this.subscriptions = new Subscriptions(options.onProblem, options.unpack);
    this.subscriptions.subscription(sessionEnd).on((reason) => this.#end(reason, reason));
  }

  /** Connects for the first time. A failure is final: an address or a password is more likely wrong than a server away. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#first = { resolve, reject };
      this.#connect();
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  on<Name extends keyof ConnectionEvents>(
    name: Name,
    listener: (change: ConnectionEvents[Name]) => void,
  ): () => void {
    return this.#listeners.add((change) => {
      // A change with the state of that name is what listeners to that name take.
      if (name === "state" || name === change.state) listener(change as ConnectionEvents[Name]);
    });
  }

  close(): Promise<void> {
    if (this.#state !== "closed") this.#end(new RpcError("cancelled", "the connection was closed"));
    return this.#gone;
  }

  #connect(): void {
    this.#state = "connecting";
    this.#tell({ state: "connecting" });
    this.#attempt();
  }

  #attempt(): void {
    const ticket = this.#options.clock.now() < this.#resumeUntil ? this.#ticket : undefined;
    const own = this.#options.connect;
    try {
      this.#mqtt = this.#options.openMqtt(ticket === undefined ? own : resumption(own, ticket), {
        onOpen: (sessionPresent) => {
          if (ticket === undefined || sessionPresent) this.#opened(ticket !== undefined);
          else this.#startAnew(); // It took us for somebody else.
        },
        onMessage: (topic, payload, delivery) => this.#receive(topic, payload, delivery),
        onSubscriptionRefused: (topic) => this.subscriptions.refused(topic),
        onLost: (reason) => {
          if (ticket !== undefined && reason.code === "unauthenticated") this.#startAnew();
          else this.#lost(reason);
        },
      });
    } catch (error) {
      // Browsers throw where a page that came by https: wants ws:, and where they do not know the scheme.
      this.#lost(
        error instanceof RpcError
          ? error
          : new RpcError("unavailable", `cannot connect: ${describe(error)}`, { cause: error }),
      );
    }
  }

  /** Opens a new session, as the old one is gone. */
  #startAnew(): void {
    this.#ticket = undefined;
    void this.#mqtt?.close();
    this.#attempt();
  }

  #opened(resumed: boolean): void {
    const mqtt = this.#mqtt;
    if (mqtt === undefined) return;
    this.#connectedAt = this.#options.clock.now();
    this.#ticket = undefined;
    this.#resumeUntil = Number.POSITIVE_INFINITY;
    if (!resumed) {
      this.#loggedIn = this.#options.login === undefined;
      this.#repetitions.clear();
    }
    // In this order: what is pushed is kept for a client that has a ticket, and the pushes of calls find their
    // subscriptions.
    this.calls.connected(mqtt);
    this.#askForTicket();
    this.subscriptions.connected(mqtt, resumed);
    if (this.#loggedIn) this.#ready(mqtt, resumed);
    else void this.#logIn(mqtt, resumed);
  }

  #askForTicket(): void {
    this.#early.call(askForTicket, [], undefined).then(
      (ticket) => {
        this.#ticket = ticket;
      },
      () => {}, // Without a ticket, as from a server that resumes no sessions, a lost session is followed by a new one.
    );
  }

  async #logIn(mqtt: MqttConnection, resumed: boolean): Promise<void> {
    try {
      await this.#options.login?.(this.#early);
    } catch (error) {
      if (this.#mqtt !== mqtt) return; // The connection is gone, and with it the call that this error is from.
      this.#ticket = undefined;
      void mqtt.close();
      const isRpcError = error instanceof RpcError;
      this.#lost(isRpcError ? error : new RpcError("internal", describe(error), { cause: error }));
      return;
    }
    if (this.#mqtt !== mqtt) return;
    this.#loggedIn = true;
    this.#ready(mqtt, resumed);
  }

  #ready(mqtt: MqttConnection, resumed: boolean): void {
    this.#state = "connected";
    this.calls.ready(mqtt);
    this.#first?.resolve();
    this.#first = undefined;
    this.#tell({ state: "connected", resumed });
  }

  #receive(topic: string, payload: Uint8Array, delivery: MqttDelivery | undefined): void {
    if (delivery !== undefined && this.#repetitions.has(delivery)) return;
    const id = readReplyTopic(topic);
    if (id === undefined) this.subscriptions.receive(topic, payload);
    else this.calls.receive(id, payload);
  }

  #lost(reason: RpcError): void {
    this.#mqtt = undefined;
    // With a user that the server does not take any more, trying again would only knock for ever.
    const isDenied = reason.code === "unauthenticated" || reason.code === "permission-denied";
    if (this.#first !== undefined || isDenied) {
      this.#end(reason, reason);
      return;
    }
    const now = this.#options.clock.now();
    // A connection that stood starts the back-off afresh; one that is lost again and again does not.
    if (this.#state === "connected" && now - this.#connectedAt > waits.longest) this.#failures = 0;
    if (this.#ticket !== undefined) {
      this.#resumeUntil = Math.min(this.#resumeUntil, now + this.#ticket.resumeMs);
    }
    this.subscriptions.disconnected();
    this.calls.disconnected(reason);
    const retryMs = backOff(waits, this.#failures++, Math.random());
    this.#stopWaiting = this.#options.clock.after(retryMs, () => this.#connect());
    this.#state = "waiting";
    this.#tell({ state: "waiting", reason, retryMs });
  }

  /**
   * Ends it for good.
   *
   * @param error what calls reject with
   * @param reason what listeners hear, unless the program itself wanted it so
   */
  #end(error: RpcError, reason?: RpcError): void {
    this.#stopWaiting?.();
    this.subscriptions.disconnected();
    this.calls.end(error);
    this.#gone = this.#mqtt?.close() ?? Promise.resolve();
    this.#mqtt = undefined;
    this.#state = "closed";
    this.#first?.reject(error);
    this.#first = undefined;
    this.#tell({ state: "closed", reason });
  }

  /** Later, so that all listeners hear of all changes in one order, even where one of them closes. */
  #tell(change: StateChange): void {
    queueMicrotask(() => this.#listeners.call(change));
  }
}

/** The CONNECT that takes a session over. Only with the flag "clean session" off may the server tell that it did [MQTT-3.2.2-1]. */
function resumption(own: MqttConnect, { session, secret }: SessionTicket): MqttConnect {
  const password = `${session}:${secret}`;
  return { ...own, username: resumeUsername, password, clientId: session, clean: false };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
