import type { Code } from "../error/code.js";
import { RpcError } from "../error/rpc-error.js";
import type { MqttConnection, MqttEvents } from "./mqtt.js";
import type { ServerPacket } from "./packet.js";
import {
  disconnect,
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
  readonly url: URL;
  readonly openSocket: OpenSocket;
  /** The encoded CONNECT. */
  readonly connect: Uint8Array;
  /** Milliseconds between signs of life. */
  readonly keepAliveMs: number;
  /** Milliseconds to wait for the server to accept the connection. */
  readonly handshakeMs: number;
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
  readonly #handshakeTimer: ReturnType<typeof setTimeout>;
  #keepAliveTimer: ReturnType<typeof setInterval> | undefined;
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
  /** Half keep-alives since anything came. */
  #silence = 0;

  constructor(options: SlimMqttOptions, events: MqttEvents) {
    this.#options = options;
    this.#events = events;
    this.#socket = options.openSocket(options.url, {
      onOpen: () => this.#write(options.connect),
      onBytes: (bytes) => this.#read(bytes),
      onClose: (error) => {
        this.#whenGone?.();
        this.#lose(error === undefined ? "the server closed it" : describe(error), error);
      },
    });
    this.#handshakeTimer = setTimeout(
      () => this.#lose(`no answer within ${options.handshakeMs} ms`),
      options.handshakeMs,
    );
  }

  get congested(): boolean {
    return this.#outgoingBytes + this.#socket.buffered > maxUnsentBytes;
  }

  publish(topic: string, payload: Uint8Array): void {
    this.#send(encodePublish(topic, payload));
  }

  subscribe(topics: readonly string[]): void {
    const id = this.#nextPacketId();
    this.#subscribing.set(id, topics);
    this.#send(encodeSubscribe(id, topics));
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
      const timer = setTimeout(() => {
        this.#socket.destroy();
        resolve();
      }, closeMs);
      this.#whenGone = () => {
        clearTimeout(timer);
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
    this.#lastWrite = performance.now();
    this.#socket.write(bytes);
  }

  #read(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#silence = 0;
    try {
      this.#parser.push(bytes);
    } catch (error) {
      this.#lose(`the server does not speak MQTT 3.1.1: ${describe(error)}`, error);
      return;
    }
    // Browsers run the timers of a hidden page once a minute at most, but messages wake it: a game that is
    // pushed to stays connected in the background.
    if (this.#open && performance.now() - this.#lastWrite > this.#options.keepAliveMs / 2) {
      this.#send(pingRequest);
    }
  }

  #take(packet: ServerPacket): void {
    if (this.#over) return; // What came after the packet that ended it.
    if (packet.kind === "connack" && !this.#open) this.#connected(packet.code);
    else if (!this.#open) throw new Error(`a ${packet.kind} before the CONNACK`);
    else if (packet.kind === "publish") this.#events.onMessage(packet.topic, packet.payload);
    else if (packet.kind === "suback") this.#subscribed(packet.id, packet.codes);
  }

  #connected(code: number): void {
    if (code !== 0) {
      const [meaning, reason] = refusals[code] ?? (["unavailable", "the server refused it"] as const);
      this.#lose(reason, undefined, meaning);
      return;
    }
    clearTimeout(this.#handshakeTimer);
    this.#open = true;
    this.#keepAliveTimer = setInterval(() => this.#keepAlive(), this.#options.keepAliveMs / 2);
    this.#events.onOpen();
  }

  #subscribed(id: number, codes: Uint8Array): void {
    const topics = this.#subscribing.get(id) ?? [];
    this.#subscribing.delete(id);
    topics.forEach((topic, i) => {
      if (codes[i] === 0x80) this.#events.onSubscriptionRefused(topic); // [MQTT 3.9.3]
    });
  }

  /** Runs twice in a keep-alive, so that silence is found between one and one and a half keep-alives. */
  #keepAlive(): void {
    if (this.#silence === 2) {
      this.#lose("the server went silent");
      return;
    }
    this.#silence++;
    this.#send(pingRequest);
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
    this.#events.onLost(new RpcError(code, `${what} ${this.#options.url.host}: ${reason}`, { cause }));
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#handshakeTimer);
    clearInterval(this.#keepAliveTimer);
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
