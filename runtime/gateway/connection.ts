import type { LiveSession } from "../session/live-session.js";
import { readAcknowledgement } from "./acknowledgement.js";
import { answerFilters } from "./answer-filters.js";
import { type BrokerPeer, BrokerStream, type ClientConnect } from "./broker-stream.js";
import type { Client } from "./client.js";
import { setSessionPresent } from "./connack.js";
import { ConnectRefusal } from "./connect-refusal.js";
import type { GatewayContext } from "./gateway-context.js";
import { type FlushQueue, Outbox, type OutboxOwner } from "./outbox.js";
import { type IncomingPacket, type PacketSink, PacketSplitter } from "./packet-splitter.js";
import { packetType } from "./packet-type.js";
import { PublishReceiver, type Violation } from "./publish-receiver.js";
import type { RefusalReason } from "./refusal-reason.js";
import { type CallOrigin, SessionCalls } from "./session-calls.js";
import type { Transport, TransportListener } from "./transport.js";

const pingresp = Buffer.from([0xd0, 0]);

/** What all connections share. */
export interface ConnectionHost {
  readonly context: GatewayContext;
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
 * One client's connection. The broker reads its CONNECT and answers that; all that comes later it handles itself, in
 * the order in which it came: what is published goes to the session's calls.
 */
export class Connection implements TransportListener, PacketSink, BrokerPeer, CallOrigin, OutboxOwner {
  readonly key: string;
  readonly transport: Transport;
  /** Undefined until somebody asks whether the client may enter. */
  client: Client | undefined = undefined;
  /** Whether the client is told that it had its session before. */
  isResumed = false;
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
  /** Undefined once the broker has answered the CONNECT. */
  #stream: BrokerStream | undefined = undefined;

  constructor(key: string, transport: Transport, host: ConnectionHost) {
    const { limits, clock } = host.context;
    this.key = key;
    this.transport = transport;
    this.#host = host;
    this.lastSeen = clock.seconds;
    this.#outbox = new Outbox(this, host.flushes, limits.queuedBytes);
    this.#splitter = new PacketSplitter(this, limits.packetBytes);
  }

  get session(): LiveSession<Client> | undefined {
    return this.client?.session;
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

  /** The same for a push marked `@latest`, by its place. */
  sendLatest(packet: Uint8Array, place: number): void {
    if (this.#state === "open") this.#outbox.addLatest(packet, place);
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
        return this.#isFine(this.#onAcknowledgement(packet));
      case packetType.pubrec:
      case packetType.pubcomp:
        // Answers to messages of QoS 2, of which none are sent.
        return true;
      case packetType.pingreq:
        // Calls that came before it and can be answered at once are answered first.
        setImmediate(() => this.send(pingresp));
        return true;
      case packetType.disconnect:
        this.close("closed by DISCONNECT");
        return false;
      case packetType.subscribe:
      case packetType.unsubscribe:
        return this.#isFine(this.#onFilters(packet));
      default:
        return this.#isFine({ reason: "malformed", message: `a packet of type ${type}` });
    }
  }

  #onFirstPacket(type: number, packet: IncomingPacket): boolean {
    if (type !== packetType.connect)
      return this.#isFine({ reason: "malformed", message: "a packet before CONNECT" });
    this.#state = "entering";
    // What follows is not looked at before the client is admitted, so it is not read either.
    this.transport.pause();
    this.#toBroker(packet);
    return false;
  }

  /** Returns what in it violates the protocol, if anything does. */
  #onAcknowledgement(packet: IncomingPacket): Violation | undefined {
    const identifier = readAcknowledgement(packet);
    if (identifier === undefined) return { reason: "malformed", message: "malformed PUBACK" };
    this.client?.acknowledge(identifier);
    return undefined;
  }

  /** Takes a SUBSCRIBE or an UNSUBSCRIBE. */
  #onFilters(packet: IncomingPacket): Violation | undefined {
    const answer = answerFilters(packet, {
      subscribe: (filter, qos) => this.#subscribe(filter, qos),
      unsubscribe: (filter) => this.client?.subscriptions.remove(filter),
    });
    if (answer === undefined) return { reason: "malformed", message: "malformed list of filters" };
    this.send(answer);
    return undefined;
  }

  #subscribe(filter: string, qos: number): boolean {
    const isGranted = this.client?.subscriptions.add(filter, qos) === true;
    if (!isGranted) this.offend("subscriptions", { filter: filter.slice(0, 100) });
    return isGranted;
  }

  #toBroker({ bytes, start, end }: IncomingPacket): void {
    this.#stream?.push(bytes.subarray(start, end));
  }

  #isFine(violation: Violation | undefined): boolean {
    if (violation !== undefined) this.onViolation(violation.message, violation.reason);
    return !this.#isEnding;
  }

  onViolation(message: string, reason: RefusalReason): void {
    this.offend(reason, { violation: message });
    this.#forbidReturn();
    this.abort(message);
  }

  /** Tells of an offence of this client. */
  offend(reason: RefusalReason, fields?: object): void {
    this.#host.context.refusals.note(reason, this.transport.address, {
      session: this.session?.id,
      ...fields,
    });
  }

  onConnectTimeout(): void {
    this.offend("connect-time");
  }

  onSlowReader(): void {
    this.offend("queued-bytes");
    this.abort("slow reader");
  }

  onReplaced(): void {
    this.#host.context.counters.replacedPushes++;
  }

  admit(connect: ClientConnect): Promise<void> {
    // The broker asks in a later turn. A session opened for a client that is gone by then would never end.
    if (this.#isEnding) return Promise.reject(new ConnectRefusal("The client has gone", "serverUnavailable"));
    this.keepAlive = connect.keepAlive;
    return this.#host.admit(this, connect);
  }

  onAdmitted(): void {
    const { client } = this;
    if (this.#state !== "entering" || client === undefined) return;
    const { context } = this.#host;
    this.#calls = new SessionCalls(context, this, client.session);
    this.#receiver = new PublishReceiver(this.#calls, { context, origin: this, client });
    this.#state = "open";
    this.#leaveBroker();
    client.resend(this);
    this.transport.resume();
    this.#splitter.resume();
  }

  onBrokerBytes(bytes: Buffer): void {
    if (this.#isEnding) return;
    this.#outbox.add(this.isResumed ? setSessionPresent(bytes) : bytes);
  }

  onBrokerClosed(): void {
    if (this.isConnecting) this.close("refused by the broker");
  }

  /** What the broker reads the CONNECT from, and answers by. */
  openStream(): BrokerStream {
    this.#stream = new BrokerStream(this);
    return this.#stream;
  }

  /** What the broker keeps of a client takes half of the memory of a connection. */
  #leaveBroker(): void {
    this.#stream?.destroy();
    this.#stream = undefined;
  }

  /** Closes after everything has gone out, and ends the session. */
  close(reason = "closed by the application"): void {
    if (!this.#begin(reason)) return;
    this.#forbidReturn();
    this.#outbox.finish();
    this.transport.end();
    this.#leaveBroker();
  }

  /** Closes without waiting for anything to go out. The client may come back to its session. */
  abort(reason: string): void {
    if (this.#begin(reason)) {
      this.#outbox.clear();
      this.#leaveBroker();
    }
    this.transport.destroy();
  }

  onClosed(): void {
    this.#begin("closed by the client");
    this.#state = "closed";
    this.#outbox.clear();
    this.#leaveBroker();
    this.#host.onClosed(this);
  }

  /** The session ends with this connection, unless another has taken it over. */
  #forbidReturn(): void {
    if (this.client?.connection === this) this.client.secret.forget();
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
}
