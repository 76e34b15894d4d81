import { RpcError } from "../error/rpc-error.js";
import type { Transport } from "../transport/transport.js";
import type { Audience } from "./push-sink.js";

/** The part of a transport that takes what is sent to topics. */
export type TopicTransport = Pick<Transport, "subscribe" | "unsubscribe">;

/** What topics work with. */
export interface SessionTopicsOptions {
  /** All ways by which pushes of other nodes come. */
  readonly transports: readonly TopicTransport[];
  readonly log: { warn(fields: object, message: string): void };
}

/** How many sweeps a topic outlives its last member: players who change rooms do not bother the broker. */
const linger = 5;

/** Topics that may linger at a time; beyond, the oldest goes at once. */
const lingering = 1_000;

/** The topic of those pushes that go to the audience, by whatever node. */
export function topicOf(audience: Audience): string {
  return audience.kind === "all" ? "all" : `${audience.kind}.${audience.id}`;
}

/** The topics of the users and groups that a gateway has members of: on these it hears what other nodes push. */
export class SessionTopics {
  readonly #transports: readonly TopicTransport[];
  readonly #log: SessionTopicsOptions["log"];
  /** When each subscription holds. */
  readonly #ready = new Map<string, Promise<void>>();
  /** Subscriptions that are being given up. */
  readonly #leaving = new Map<string, Promise<void>>();
  /** Topics without members, and for how many sweeps; the oldest first. */
  readonly #idle = new Map<string, number>();

  constructor({ transports, log }: SessionTopicsOptions) {
    this.#transports = transports;
    this.#log = log;
  }

  /** Somebody is there to hear a topic. Resolves once everything that is sent to it comes here. */
  hold(topic: string): Promise<void> {
    this.#idle.delete(topic);
    const held = this.#ready.get(topic);
    if (held !== undefined) return held;
    const ready = this.#subscribe(topic);
    this.#ready.set(topic, ready);
    ready.catch(() => {
      if (this.#ready.get(topic) === ready) this.#drop(topic);
    });
    return ready;
  }

  /** Nobody is there any more. */
  release(topic: string): void {
    if (!this.#ready.has(topic)) return;
    this.#idle.set(topic, 0);
    if (this.#idle.size <= lingering) return;
    const [oldest] = this.#idle.keys();
    if (oldest !== undefined) this.#drop(oldest);
  }

  /** Gives up what has been idle for long. To be called about once a second. */
  sweep(): void {
    for (const [topic, sweeps] of this.#idle) {
      if (sweeps + 1 < linger) this.#idle.set(topic, sweeps + 1);
      else this.#drop(topic);
    }
  }

  async #subscribe(topic: string): Promise<void> {
    // One after the other: a subscription that overtook the end of the one before would be ended by it.
    await this.#leaving.get(topic);
    try {
      await Promise.all(this.#transports.map((transport) => transport.subscribe(topic)));
    } catch (cause) {
      throw new RpcError("unavailable", "Pushes of other nodes cannot be heard", { cause });
    }
  }

  #drop(topic: string): void {
    this.#idle.delete(topic);
    const ready = this.#ready.get(topic);
    if (ready === undefined) return;
    this.#ready.delete(topic);
    const gone = this.#unsubscribe(topic, ready).then(() => {
      if (this.#leaving.get(topic) === gone) this.#leaving.delete(topic);
    });
    this.#leaving.set(topic, gone);
  }

  async #unsubscribe(topic: string, ready: Promise<void>): Promise<void> {
    // Where that failed, some of the transports may have succeeded.
    await Promise.allSettled([ready]);
    const ended = await Promise.allSettled(this.#transports.map((transport) => transport.unsubscribe(topic)));
    for (const end of ended) {
      if (end.status === "rejected") this.#log.warn({ err: end.reason, topic }, "A topic could not be left");
    }
  }
}
