import type { LiveSession, SessionConnection } from "../session/live-session.js";
import { type BrokerPeer, BrokerStream, type ClientConnect } from "./broker-stream.js";
import { ConnectRefusal } from "./connect-refusal.js";
import type { GatewayContext } from "./gateway-context.js";
import { type FlushQueue, Outbox } from "./outbox.js";
import { type IncomingPacket, type PacketSink, PacketSplitter } from "./packet-splitter.js";
import { packetType } from "./packet-type.js";
import { PublishReceiver } from "./publish-receiver.js";
import type { PushChannels } from "./push-channels.js";
import { type CallOrigin, SessionCalls } from "./session-calls.js";
import { Subscriptions } from "./subscriptions.js";
import type { Transport, TransportListener } from "./transport.js";

/** What all connections share. */
export interface ConnectionHost {
  readonly context: GatewayContext;
  readonly channels: PushChannels;
  readonly flushes: FlushQueue;
  /** Resolves with a session if the client may enter; rejects with a `ConnectRefusal`. */
  admit(connection: Connection, connect: ClientConnect): Promise<void>;
  onClosed(connection: Connection): void;
}

type State =
  | "new"
  /** CONNECT has come and is being answered. */
  | "entering"
  | "open"
  /** The last bytes go out. */
  | "closing"
  | "closed";

/**
 * One client's connection. It sees every packet first: what is published goes to the session's calls,
 * what keeps the protocol going to the broker, and all of it in the order in which it came.
 */
export class Connection implements TransportListener, PacketSink, BrokerPeer, CallOrigin, SessionConnection {
  readonly key: string;
  readonly transport: Transport;
  readonly stream: BrokerStream;
  readonly subscriptions: Subscriptions;
  /** Undefined until somebody asks whether the client may enter. */
  session: LiveSession<Connection> | undefined = undefined;
  /** Seconds in which the client promised a sign of life; 0 for no promise. */
  keepAlive = 0;
  /** When the last bytes came, on the gateway's clock. */
  lastSeen: number;
  /** When it began to close, on the gateway's clock. */
  closingSince: number | undefined = undefined;
  readonly #host: ConnectionHost;
  readonly #outbox: Outbox;
  readonly #splitter: PacketSplitter;
  #calls: SessionCalls | undefined = undefined;
  #receiver: PublishReceiver | undefined = undefined;
  #state: State = "new";

  constructor(key: string, transport: Transport, host: ConnectionHost) {
    const { limits, clock } = host.context;
    this.key = key;
    this.transport = transport;
    this.#host = host;
    this.lastSeen = clock.seconds;
    this.stream = new BrokerStream(this);
    this.subscriptions = new Subscriptions(host.channels, limits.subscriptions);
    this.#outbox = new Outbox(transport, host.flushes, limits.queuedBytes, () => this.#onSlowReader());
    this.#splitter = new PacketSplitter(this, limits.packetBytes);
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  /** Whether the client has not been admitted yet. */
  get isConnecting(): boolean {
    return this.#state === "new" || this.#state === "entering";
  }

  get #isEnding(): boolean {
    return this.#state === "closing" || this.#state === "closed";
  }

  /** Sends a packet. Nothing is sent to a client that has not been admitted, or that is about to go. */
  send(packet: Uint8Array): void {
    if (this.#state === "open") this.#outbox.add(packet);
  }

  sent(): Promise<void> {
    return this.#outbox.sent();
  }

  onBytes(bytes: Buffer): void {
    this.lastSeen = this.#host.context.clock.seconds;
    if (!this.#isEnding) this.#splitter.push(bytes);
  }

  onPacket(packet: IncomingPacket): boolean {
    // The splitter made sure of the first byte.
    const type = (packet.bytes[packet.start] as number) >> 4;
    if (this.#state === "new") return this.#onFirstPacket(type, packet);
    switch (type) {
      case packetType.publish:
        return this.#isFine(this.#receiver?.publish(packet));
      case packetType.pubrel:
        return this.#isFine(this.#receiver?.release(packet));
      case packetType.puback:
      case packetType.pubrec:
      case packetType.pubcomp:
        // Answers to messages of QoS 1 and 2, of which none are sent.
        return true;
      case packetType.pingreq:
        this.#toBroker(packet);
        return true;
      case packetType.subscribe:
      case packetType.unsubscribe:
      case packetType.disconnect:
        this.#toBroker(packet);
        // A call behind a SUBSCRIBE waits for the SUBACK, or what it pushes could be missed.
        return false;
      default:
        return this.#isFine(`a packet of type ${type}`);
    }
  }

  #onFirstPacket(type: number, packet: IncomingPacket): boolean {
    if (type !== packetType.connect) return this.#isFine("a packet before CONNECT");
    this.#state = "entering";
    // What follows is not looked at before the client is admitted, so it is not read either.
    this.transport.pause();
    this.#toBroker(packet);
    return false;
  }

  #toBroker({ bytes, start, end }: IncomingPacket): void {
    this.stream.push(bytes.subarray(start, end));
  }

  #isFine(violation: string | undefined): boolean {
    if (violation !== undefined) this.onViolation(violation);
    return !this.#isEnding;
  }

  onViolation(reason: string): void {
    this.#host.context.counters.violations++;
    this.abort(reason);
  }

  admit(connect: ClientConnect): Promise<void> {
    // The broker asks in a later turn. A session opened for a client that is gone by then would never end.
    if (this.#isEnding) return Promise.reject(new ConnectRefusal("The client has gone", "serverUnavailable"));
    this.keepAlive = connect.keepAlive;
    return this.#host.admit(this, connect);
  }

  onAdmitted(): void {
    if (this.#state !== "entering" || this.session === undefined) return;
    const { context } = this.#host;
    this.#calls = new SessionCalls(context, this, this.session);
    this.#receiver = new PublishReceiver(this.#calls, context.counters, (packet) => this.send(packet));
    this.#state = "open";
    this.transport.resume();
    this.#splitter.resume();
  }

  subscribe(filter: string): boolean {
    const isGranted = this.subscriptions.add(filter);
    if (!isGranted) this.#host.context.counters.refusedSubscriptions++;
    return isGranted;
  }

  unsubscribe(filter: string): void {
    this.subscriptions.remove(filter);
  }

  onBrokerBytes(bytes: Buffer): void {
    if (this.#isEnding) return;
    this.#outbox.add(bytes);
    if (this.isOpen) this.#splitter.resume();
  }

  onBrokerClosed(): void {
    this.close("closed by DISCONNECT or by the broker");
  }

  close(reason = "closed by the application"): void {
    if (!this.#begin(reason)) return;
    this.#outbox.flush();
    this.transport.end();
    this.stream.destroy();
  }

  /** Closes without waiting for anything to go out. */
  abort(reason: string): void {
    if (this.#begin(reason)) {
      this.#outbox.clear();
      this.stream.destroy();
    }
    this.transport.destroy();
  }

  onClosed(): void {
    this.#begin("closed by the client");
    this.#state = "closed";
    this.#outbox.clear();
    this.stream.destroy();
    this.#host.onClosed(this);
  }

  /** Begins to close. Returns false if that has been done. */
  #begin(reason: string): boolean {
    if (this.#isEnding) return false;
    this.#state = "closing";
    this.closingSince = this.#host.context.clock.seconds;
    this.#host.context.log.debug({ session: this.session?.id, reason }, "A connection closes");
    this.#calls?.cancelAll();
    return true;
  }

  #onSlowReader(): void {
    const { counters, log } = this.#host.context;
    counters.slowReaders++;
    log.warn({ session: this.session?.id, address: this.transport.address }, "A client reads too slowly");
    this.abort("slow reader");
  }
}
