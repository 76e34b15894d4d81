import type { Socket, SocketEvents } from "../client/socket.js";
import type { Transport, TransportListener } from "../gateway/transport.js";
import { Lane } from "./lane.js";

/** Lets something happen in a later turn of the event loop. */
export type Later = (step: () => void) => void;

/** A connection in memory. As over a network, nothing arrives in the turn in which it was sent. */
export class MemoryLink {
  readonly #client: SocketEvents;
  readonly #later: Later;
  readonly #toServer = new Lane();
  readonly #toClient = new Lane();
  #server: TransportListener | undefined = undefined;
  /** The direction whose bytes still arrive before the connection ends. */
  #last: Lane | undefined = undefined;
  #isPaused = false;
  #isOver = false;
  #isMoving = false;

  constructor(client: SocketEvents, later: Later) {
    this.#client = client;
    this.#later = later;
  }

  /** What the client has of it. */
  get socket(): Socket {
    const lane = this.#toServer;
    return {
      get buffered() {
        return lane.size;
      },
      write: (bytes) => this.#write(lane, bytes, undefined),
      end: () => this.#end(lane),
      destroy: () => this.break(),
    };
  }

  /**
   * What the gateway has of it.
   *
   * @param address where the client seems to be
   */
  transport(address: string): Transport {
    const lane = this.#toClient;
    return {
      address,
      get queuedBytes() {
        return lane.size;
      },
      listen: (listener) => {
        this.#server = listener;
        this.#move();
      },
      write: (bytes, onSent) => this.#write(lane, bytes, onSent),
      pause: () => {
        this.#isPaused = true;
      },
      resume: () => {
        this.#isPaused = false;
        this.#move();
      },
      end: () => this.#end(lane),
      destroy: () => this.break(),
    };
  }

  /** Ends it at once, as a network does that fails. */
  break(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#toServer.clear();
    this.#toClient.clear();
    this.#later(() => {
      this.#server?.onClosed();
      this.#client.onClose(undefined);
    });
  }

  #end(last: Lane): void {
    this.#last ??= last;
    this.#move();
  }

  #write(lane: Lane, bytes: Uint8Array, onSent: (() => void) | undefined): void {
    if (this.#isOver || this.#last !== undefined) {
      onSent?.();
      return;
    }
    lane.add(bytes, onSent);
    this.#move();
  }

  #move(): void {
    if (this.#isMoving) return;
    this.#isMoving = true;
    this.#later(() => {
      this.#isMoving = false;
      this.#deliver();
    });
  }

  // Copies arrive, as they do over a socket: whoever keeps bytes may write to them.
  #deliver(): void {
    const server = this.#server;
    if (server !== undefined) {
      this.#toServer.deliver(
        (bytes) => server.onBytes(Buffer.from(bytes)),
        () => !this.#isOver && !this.#isPaused,
      );
    }
    this.#toClient.deliver(
      (bytes) => this.#client.onBytes(new Uint8Array(bytes)),
      () => !this.#isOver,
    );
    if (this.#last?.isEmpty) this.break();
  }
}
