import { RpcError } from "../error/rpc-error.js";
import { pushTopic } from "../wire/topic.js";
import type { ClientPush, Subscription } from "./link.js";
import { Listeners } from "./listeners.js";
import type { MqttConnection } from "./mqtt.js";

/** Says what the bytes of a push say in MessagePack. */
export type Unpack = (payload: Uint8Array) => unknown;

/** The pushes that somebody listens to. They outlive the MQTT connection: a new one subscribes again. */
export class Subscriptions {
  readonly #onProblem: (problem: RpcError) => void;
  readonly #unpack: Unpack;
  /** By topic. It holds what the generated bindings have, and grows no further. */
  readonly #pushes = new Map<string, PushSubscription>();
  /** What this session has ever subscribed to. */
  readonly #told = new Set<string>();
  #mqtt: MqttConnection | undefined;

  /** @param onProblem hears of values that do not fit and of refused subscriptions, once for each push */
  constructor(onProblem: (problem: RpcError) => void, unpack: Unpack) {
    this.#onProblem = onProblem;
    this.#unpack = unpack;
  }

  subscription<T>(push: ClientPush<T>): Subscription<T> {
    const topic = pushTopic(push.route);
    let subscription = this.#pushes.get(topic);
    if (subscription === undefined) {
      subscription = new PushSubscription(push, this.#onProblem, (wanted) => {
        if (!wanted) this.#mqtt?.unsubscribe(topic);
        else if (this.#mqtt !== undefined) this.#subscribe(this.#mqtt, [topic], push.replay ? 1 : 0);
      });
      this.#pushes.set(topic, subscription);
    }
    // It gives what the `read` of this route returns, and a route has one type.
    return subscription as Subscription<T>;
  }

  /**
   * Subscribes to all that somebody listens to.
   *
   * @param resumed whether the server still knows what this session has told it
   */
  connected(mqtt: MqttConnection, resumed: boolean): void {
    this.#mqtt = mqtt;
    if (resumed) this.#leaveUnwanted(mqtt);
    else this.#told.clear();
    // After a resumption too: the last SUBSCRIBE may have been lost with the connection.
    for (const qos of [0, 1] as const) {
      const wanted = [...this.#pushes].filter(([, push]) => push.wanted && push.qos === qos);
      if (wanted.length > 0)
        this.#subscribe(
          mqtt,
          wanted.map(([topic]) => topic),
          qos,
        );
    }
  }

  #subscribe(mqtt: MqttConnection, topics: readonly string[], qos: 0 | 1): void {
    for (const topic of topics) this.#told.add(topic);
    mqtt.subscribe(topics, qos);
  }

  #leaveUnwanted(mqtt: MqttConnection): void {
    for (const topic of this.#told) {
      if (this.#pushes.get(topic)?.wanted) continue;
      this.#told.delete(topic);
      mqtt.unsubscribe(topic);
    }
  }

  disconnected(): void {
    this.#mqtt = undefined;
  }

  receive(topic: string, payload: Uint8Array): void {
    this.#pushes.get(topic)?.receive(payload, this.#unpack);
  }

  refused(topic: string): void {
    this.#pushes.get(topic)?.report("the server refused the subscription to");
  }
}

class PushSubscription implements Subscription<unknown> {
  readonly #push: ClientPush;
  readonly #onProblem: (problem: RpcError) => void;
  readonly #onWanted: (wanted: boolean) => void;
  readonly #listeners = new Listeners<[unknown]>();
  #reported = false;

  constructor(push: ClientPush, onProblem: (problem: RpcError) => void, onWanted: (wanted: boolean) => void) {
    this.#push = push;
    this.#onProblem = onProblem;
    this.#onWanted = onWanted;
  }

  get qos(): 0 | 1 {
    return this.#push.replay ? 1 : 0;
  }

  get wanted(): boolean {
    return this.#listeners.size > 0;
  }

  on(listener: (value: unknown) => void): () => void {
    const remove = this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#onWanted(true);
    return () => {
      if (remove() && this.#listeners.size === 0) this.#onWanted(false);
    };
  }

  receive(payload: Uint8Array, unpack: Unpack): void {
    if (!this.wanted) return; // What was under way when the last listener left.
    let value: unknown;
    try {
      value = this.#push.read(unpack(payload));
    } catch (error) {
      this.report("dropped a value that does not fit", error);
      return;
    }
    this.#listeners.call(value);
  }

  /** Once only: a push of twenty a second would report twenty times a second. */
  report(problem: string, cause?: unknown): void {
    if (this.#reported) return;
    this.#reported = true;
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    this.#onProblem(new RpcError("internal", `${problem} ${this.#push.route}${why}`, { cause }));
  }
}
