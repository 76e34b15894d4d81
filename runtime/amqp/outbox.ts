import type { Address, Frame, TransportListener } from "../transport/transport.js";
import type { AmqpSettings } from "./amqp-options.js";
import { Departure } from "./departure.js";
import { Fifo } from "./fifo.js";
import { keep, type Message, makeMessages, type Parcel, readBody } from "./message.js";
import { type Names, type Route, routeId } from "./names.js";
import type { Publisher } from "./publisher.js";
import { Settling } from "./settling.js";
import { Tally } from "./tally.js";

/** A frame for which there was no room. */
interface Refused {
  readonly frame: Frame;
  readonly address: Address;
}

/** All that goes out, over one connection after the other. */
export class Outbox {
  readonly #settings: AmqpSettings;
  readonly #names: Names;
  readonly #listener: TransportListener;
  /** What has not left yet, by route. */
  #parcels = new Map<string, Parcel>();
  #framesInParcels = 0;
  #refused: Refused[] = [];
  readonly #departure = new Departure(() => this.#flush());
  /** What waits until there is a connection, or until the broker takes more. */
  #line = new Fifo<Message>();
  readonly #tally: Tally;
  #publisher: Publisher | undefined;
  #settling: Settling | undefined;
  #settlingTimer: NodeJS.Timeout | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(settings: AmqpSettings, names: Names, listener: TransportListener) {
    this.#settings = settings;
    this.#names = names;
    this.#listener = listener;
    this.#tally = new Tally(settings);
  }

  send(route: Route, frame: Frame, lifetime: number): void {
    this.#departure.add();
    if (!this.#tally.hasRoomForFrames(this.#framesInParcels + 1)) {
      this.#refused.push({ frame, address: route.address });
      return;
    }
    this.#framesInParcels++;
    const parcel = this.#parcels.get(route.id);
    if (parcel === undefined) {
      this.#parcels.set(route.id, { route, frames: [frame], lifetime });
    } else {
      parcel.frames.push(frame);
      if (lifetime > parcel.lifetime) parcel.lifetime = lifetime;
    }
  }

  /** Sends what waits over a new connection, and all that follows. */
  open(publisher: Publisher): void {
    const { settlingTime } = this.#settings;
    this.#publisher = publisher;
    this.#settling = new Settling({
      publisher,
      exchange: this.#names.nodes,
      tally: this.#tally,
      release: (message) => this.#forward(message),
    });
    this.#settlingTimer = setTimeout(() => this.#endSettling(), settlingTime);
    const now = performance.now();
    const waiting = this.#line;
    this.#line = new Fifo();
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      this.#tally.leave(message);
      if (message.expiresAt > now) this.#forward(message);
    }
  }

  /** Drops all that waits: the connection is gone. */
  interrupt(): void {
    clearTimeout(this.#settlingTimer);
    this.#settling?.abandon();
    this.#settling = undefined;
    this.#publisher = undefined;
    this.#parcels.clear();
    this.#framesInParcels = 0;
    this.#line = new Fifo();
    this.#tally.clear();
    this.#onEmpty?.();
  }

  /** Resolves when the broker has all that was sent so far, or the connection is gone. */
  async empty(): Promise<void> {
    this.#flush();
    this.#endSettling();
    if (this.#publisher === undefined || this.#line.isEmpty) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** The broker takes messages again. */
  proceed(): void {
    const publisher = this.#publisher;
    if (publisher === undefined) return;
    const now = performance.now();
    while (publisher.isReady) {
      const message = this.#line.shift();
      if (message === undefined) {
        this.#onEmpty?.();
        return;
      }
      this.#tally.leave(message);
      if (message.expiresAt > now) publisher.publish(message, now);
    }
  }

  /** Nobody takes the message. */
  takeReturned(exchange: string, key: string, body: Buffer): void {
    if (this.#settling?.takeReturned(routeId(exchange, key)) === true) return;
    this.#giveBack(body, this.#names.addressOf(exchange, key), "nobody");
  }

  /** Hands over what was sent. */
  #flush(): void {
    if (this.#framesInParcels > 0) {
      const parcels = this.#parcels;
      this.#parcels = new Map();
      this.#framesInParcels = 0;
      const now = performance.now();
      const take = (message: Message): void => this.#forward(message);
      for (const parcel of parcels.values()) makeMessages(this.#settings.node, parcel, now, take);
    }
    if (this.#refused.length > 0) {
      const refused = this.#refused;
      this.#refused = [];
      for (const { frame, address } of refused) this.#listener.onUndelivered(frame, address, "full");
    }
  }

  #forward(message: Message): void {
    const publisher = this.#publisher;
    const mustTry = this.#settling?.isOpen(message) === false;
    if (publisher?.isReady === true && !mustTry && this.#line.isEmpty) {
      if (message.body.length <= this.#settings.maxWaitingBytes) {
        publisher.publish(message, performance.now());
        return;
      }
    } else if (this.#tally.hasRoomFor(message)) {
      const kept = keep(message);
      if (mustTry) this.#settling?.take(kept);
      else {
        this.#tally.enter(kept);
        this.#line.push(kept);
      }
      return;
    }
    // Of the values that are read from it, bytes are views on it.
    this.#giveBack(Buffer.from(message.body), message.route.address, "full");
  }

  #endSettling(): void {
    clearTimeout(this.#settlingTimer);
    const settling = this.#settling;
    this.#settling = undefined;
    settling?.end();
  }

  #giveBack(body: Buffer, address: Address, why: "nobody" | "full"): void {
    for (const frame of readBody(body)?.frames ?? []) this.#listener.onUndelivered(frame, address, why);
  }
}
