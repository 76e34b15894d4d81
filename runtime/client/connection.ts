import type { CallOptions } from "../call/caller.js";
import { RpcError } from "../error/rpc-error.js";
import { type BackOff, backOff } from "../transport/back-off.js";
import { callTopic, readReplyTopic } from "../wire/topic.js";
import type {
  ClientMethod,
  ClientPush,
  Connection,
  ConnectionState,
  StateListener,
  Subscription,
} from "./link.js";
import { Listeners } from "./listeners.js";
import type { MqttConnection, OpenMqtt } from "./mqtt.js";
import { pack } from "./pack.js";
import { PendingCalls } from "./pending-calls.js";
import { RemoteStream } from "./remote-stream.js";
import { Subscriptions } from "./subscriptions.js";

/** Between attempts to connect again. */
export const waits: BackOff = { shortest: 250, longest: 10_000 };

export interface ReturningConnectionOptions {
  /** Opens the first MQTT connection and each that replaces a lost one. */
  readonly openMqtt: OpenMqtt;
  /** Milliseconds that calls wait that set no timeout. */
  readonly timeout: number;
  readonly onProblem: (problem: RpcError) => void;
}

/** A session with a gateway that outlives its MQTT connections. */
export class ReturningConnection implements Connection {
  readonly #openMqtt: OpenMqtt;
  readonly #calls: PendingCalls;
  readonly #subscriptions: Subscriptions;
  readonly #stateListeners = new Listeners<Parameters<StateListener>>();
  #state: ConnectionState = "connecting";
  #mqtt: MqttConnection | undefined;
  #first: { resolve(): void; reject(reason: RpcError): void } | undefined;
  /** Resolves when nothing is left of a closed connection. */
  #gone = Promise.resolve();

  #failures = 0;
  #connectedAt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReturningConnectionOptions) {
    this.#openMqtt = options.openMqtt;
    this.#calls = new PendingCalls(options.timeout);
    this.#subscriptions = new Subscriptions(options.onProblem);
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

  onState(listener: StateListener): () => void {
    return this.#stateListeners.add(listener);
  }

  call<Args extends readonly unknown[], Result>(
    method: ClientMethod<Args, Result>,
    args: Args,
    options: CallOptions | undefined,
  ): Promise<Result> {
    return this.#calls.call(method, args, options);
  }

  stream<Args extends readonly unknown[], Item>(
    method: ClientMethod<Args, Item>,
    args: Args,
    options: CallOptions | undefined,
  ): AsyncIterable<Item> {
    const payload = pack(method.write(args));
    return {
      [Symbol.asyncIterator]: () => new RemoteStream(this.#calls, { method, payload, options }).reader,
    };
  }

  send<Args extends readonly unknown[]>(method: ClientMethod<Args, void>, args: Args): void {
    const payload = pack(method.write(args));
    if (this.#state === "connected" && this.#mqtt?.congested === false) {
      this.#mqtt.publish(callTopic(method.route), payload);
    }
  }

  subscription<T>(push: ClientPush<T>): Subscription<T> {
    return this.#subscriptions.subscription(push);
  }

  close(): Promise<void> {
    if (this.#state !== "closed") this.#end(new RpcError("cancelled", "the connection was closed"));
    return this.#gone;
  }

  #connect(): void {
    this.#state = "connecting";
    try {
      this.#mqtt = this.#openMqtt({
        onOpen: () => this.#opened(),
        onMessage: (topic, payload) => this.#receive(topic, payload),
        onSubscriptionRefused: (topic) => this.#subscriptions.refused(topic),
        onLost: (reason) => this.#lost(reason),
      });
    } catch (error) {
      // Browsers throw where a page that came by https: wants ws:, and where they do not know the scheme.
      const why = error instanceof Error ? error.message : String(error);
      this.#lost(new RpcError("unavailable", `cannot connect: ${why}`, { cause: error }));
      return;
    }
    this.#tell("connecting");
  }

  #opened(): void {
    const mqtt = this.#mqtt;
    if (mqtt === undefined) return;
    this.#connectedAt = performance.now();
    this.#state = "connected";
    // In this order, so that the answers' pushes find their subscriptions.
    this.#subscriptions.connected(mqtt);
    this.#calls.connected(mqtt);
    this.#first?.resolve();
    this.#first = undefined;
    this.#tell("connected");
  }

  #receive(topic: string, payload: Uint8Array): void {
    const id = readReplyTopic(topic);
    if (id === undefined) this.#subscriptions.receive(topic, payload);
    else this.#calls.receive(id, payload);
  }

  #lost(reason: RpcError): void {
    this.#mqtt = undefined;
    const first = this.#first;
    // With a user that the server does not take any more, trying again would only knock for ever.
    if (first !== undefined || reason.code === "unauthenticated") {
      this.#end(reason, reason);
      first?.reject(reason);
      return;
    }
    // A connection that stood starts the back-off afresh; one that is lost again and again does not.
    if (this.#state === "connected" && performance.now() - this.#connectedAt > waits.longest) {
      this.#failures = 0;
    }
    this.#subscriptions.disconnected();
    this.#calls.disconnected(reason);
    this.#retryTimer = setTimeout(() => this.#connect(), backOff(waits, this.#failures++, Math.random()));
    this.#state = "waiting";
    this.#tell("waiting", reason);
  }

  /**
   * Ends it for good.
   *
   * @param error what calls reject with
   * @param reason what listeners hear, unless the program itself wanted it so
   */
  #end(error: RpcError, reason?: RpcError): void {
    clearTimeout(this.#retryTimer);
    this.#subscriptions.disconnected();
    this.#calls.end(error);
    this.#gone = this.#mqtt?.close() ?? Promise.resolve();
    this.#mqtt = undefined;
    this.#state = "closed";
    this.#tell("closed", reason);
  }

  /** Later, so that all listeners hear of all changes in one order, even where one of them closes. */
  #tell(state: ConnectionState, reason?: RpcError): void {
    queueMicrotask(() => this.#stateListeners.call(state, reason));
  }
}
