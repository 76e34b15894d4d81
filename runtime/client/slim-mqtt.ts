import type { Code } from "../error/code.js";
import { RpcError } from "../error/rpc-error.js";
import { type ClientClock, platformClock } from "./client-clock.js";
import type { MqttConnect, MqttConnection, MqttEvents } from "./mqtt.js";
import type { ServerPacket } from "./packet.js";
import {
  disconnect,
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
  encodeUnsubscribe,
  join,
  pingRequest,
} from "./packet-encode.js";
import { PacketParser } from "./packet-parser.js";
import type { OpenSocket, Socket } from "./socket.js";

/** More than this unsent means that the network, or the server, does not keep up. */
const maxUnsentBytes = 1024 * 1024;
/** How long a socket may take to close by itself once it was told to, in milliseconds. */
const closeMs = 1000;

export interface SlimMqttOptions {
  readonly connect: MqttConnect;
  readonly openSocket: OpenSocket;
  /** Milliseconds to wait for the server to accept the connection. */
  readonly handshakeMs: number;
  /** Default: the platform's. */
  readonly clock?: ClientClock;
}

/** Opens an MQTT 3.1.1 connection with this package's own client. */
export function openSlimMqtt(options: SlimMqttOptions, events: MqttEvents): MqttConnection {
  return new SlimMqtt(options, events);
}

class SlimMqtt implements MqttConnection {
  readonly #options: SlimMqttOptions;
  readonly #events: MqttEvents;
  readonly #socket: Socket;
  readonly #parser = new PacketParser((packet) => this.#take(packet));
  readonly #clock: ClientClock;
  readonly #stopHandshake: () => void;
  #stopKeepAlive: (() => void) | undefined;
  #open = false;
  #over = false;
  #whenGone: (() => void) | undefined;

  /** Packets of this turn. They leave together, over WebSocket in one frame. */
  #outgoing: Uint8Array[] = [];
  #outgoingBytes = 0;

  #lastPacketId = 0;
  /** Subscriptions that the server has not answered yet. */
  readonly #subscribing = new Map<number, readonly string[]>();

  #lastWrite = 0;
  /** Whether nothing came since the last ping. */
  #silent = false;

  constructor(options: SlimMqttOptions, events: MqttEvents) {
    this.#options = options;
    this.#events = events;
    this.#clock = options.clock ?? platformClock;
    const connect = encodeConnect(options.connect);
    this.#socket = options.openSocket(options.connect.url, {
      onOpen: () => this.#write(connect),
      onBytes: (bytes) => this.#read(bytes),
      onClose: (error) => {
        this.#whenGone?.();
        this.#lose(error === undefined ? "the server closed it" : describe(error), error);
      },
    });
    this.#stopHandshake = this.#clock.after(options.handshakeMs, () =>
      this.#lose(`no answer within ${options.handshakeMs} ms`),
    );
  }

  get congested(): boolean {
    return this.#outgoingBytes + this.#socket.buffered > maxUnsentBytes;
  }

  publish(topic: string, payload: Uint8Array): void {
    this.#send(encodePublish(topic, payload));
  }

  subscribe(topics: readonly string[], qos: 0 | 1): void {
    const id = this.#nextPacketId();
    this.#subscribing.set(id, topics);
    this.#send(encodeSubscribe(id, topics, qos));
  }

  unsubscribe(topic: string): void {
    this.#send(encodeUnsubscribe(this.#nextPacketId(), topic));
  }

  close(): Promise<void> {
    if (this.#over) return Promise.resolve();
    if (this.#open) {
      this.#send(disconnect);
      this.#flush();
    }
    this.#end();
    return new Promise((resolve) => {
      const stopTimer = this.#clock.after(closeMs, () => {
        this.#socket.destroy();
        resolve();
      });
      this.#whenGone = () => {
        stopTimer();
        resolve();
      };
      if (this.#open) this.#socket.end();
      else this.#socket.destroy();
    });
  }

  #send(packet: Uint8Array): void {
    if (this.#over) return;
    if (this.#outgoing.push(packet) === 1) queueMicrotask(() => this.#flush());
    this.#outgoingBytes += packet.length;
  }

  #flush(): void {
    const [first] = this.#outgoing;
    if (first === undefined || this.#over) return;
    const bytes = this.#outgoing.length === 1 ? first : join(this.#outgoing, this.#outgoingBytes);
    this.#outgoing = [];
    this.#outgoingBytes = 0;
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    this.#lastWrite = this.#clock.now();
    this.#socket.write(bytes);
  }

  #read(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#silent = false;
    try {
      this.#parser.push(bytes);
    } catch (error) {
      this.#lose(`the server does not speak MQTT 3.1.1: ${describe(error)}`, error);
      return;
    }
    // Browsers run the timers of a hidden page once a minute at most, but messages wake it: a game that is
    // pushed to stays connected in the background.
    if (this.#open && this.#clock.now() - this.#lastWrite > this.#pingMs) {
      this.#send(pingRequest);
    }
  }

  #take(packet: ServerPacket): void {
    if (this.#over) return; // What came after the packet that ended it.
    if (packet.kind === "connack" && !this.#open) this.#connected(packet.code, packet.sessionPresent);
    else if (!this.#open) throw new Error(`a ${packet.kind} before the CONNACK`);
    else if (packet.kind === "publish") this.#deliver(packet);
    else if (packet.kind === "suback") this.#subscribed(packet.id, packet.codes);
  }

  #deliver({ topic, payload, delivery }: Extract<ServerPacket, { kind: "publish" }>): void {
    this.#events.onMessage(topic, payload, delivery);
    if (delivery !== undefined) this.#send(encodePuback(delivery.id));
  }

  #connected(code: number, sessionPresent: boolean): void {
    if (code !== 0) {
      const [meaning, reason] = refusals[code] ?? (["unavailable", "the server refused it"] as const);
      this.#lose(reason, undefined, meaning);
      return;
    }
    this.#stopHandshake();
    this.#open = true;
    this.#stopKeepAlive = this.#clock.every(this.#pingMs, () => this.#keepAlive());
    this.#events.onOpen(sessionPresent);
  }

  #subscribed(id: number, codes: Uint8Array): void {
    const topics = this.#subscribing.get(id) ?? [];
    this.#subscribing.delete(id);
    topics.forEach((topic, i) => {
      if (codes[i] === 0x80) this.#events.onSubscriptionRefused(topic); // [MQTT 3.9.3]
    });
  }

  /** Runs twice in a keep-alive, so that silence is found between half of one and a whole one. */
  #keepAlive(): void {
    if (this.#silent) {
      this.#lose("the server went silent");
      return;
    }
    this.#silent = true;
    this.#send(pingRequest);
  }

  /** Milliseconds between pings. */
  get #pingMs(): number {
    return this.#options.connect.keepAlive * 500;
  }

  #nextPacketId(): number {
    this.#lastPacketId = (this.#lastPacketId % 0xffff) + 1; // [MQTT-2.3.1-1]: never 0.
    return this.#lastPacketId;
  }

  #lose(reason: string, cause?: unknown, code: Code = "unavailable"): void {
    if (this.#over) return;
    this.#end();
    this.#socket.destroy();
    const what = this.#open ? "lost the connection to" : "cannot connect to";
    this.#events.onLost(
      new RpcError(code, `${what} ${this.#options.connect.url.host}: ${reason}`, { cause }),
    );
  }

  #end(): void {
    this.#over = true;
    this.#stopHandshake();
    this.#stopKeepAlive?.();
  }
}

/** What the return codes of a CONNACK mean [MQTT 3.2.2.3]. */
const refusals: { readonly [code: number]: readonly [Code, string] } = {
  1: ["unavailable", "the server does not take MQTT 3.1.1"],
  2: ["unavailable", "the server refused the client id"],
  3: ["resource-exhausted", "the server is full"],
  4: ["unauthenticated", "wrong user name or password"],
  5: ["unauthenticated", "not authorized"],
};

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node tries all addresses of a name and then tells what is common to the failures in `code` alone.
  const code: unknown = "code" in error ? error.code : undefined;
  return error.message || (typeof code === "string" ? code : error.name);
}
