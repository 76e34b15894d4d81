import { Duplex } from "node:stream";

/** What a client said in its CONNECT. */
export interface ClientConnect {
  readonly clientId: string;
  /** Seconds between signs of life that the client promised; 0 for no promise. */
  readonly keepAlive: number;
  /** Whether it wants to begin anew. */
  readonly isClean: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The password as it came. */
  readonly passwordBytes?: Uint8Array | undefined;
}

/** A connection, as the broker sees it. */
export interface BrokerPeer {
  /** Names the connection in the broker's tables; unlike the client's own id, no other has it. */
  readonly key: string;
  /** Resolves when the client may enter; rejects with a `ConnectRefusal`. */
  admit(connect: ClientConnect): Promise<void>;
  /** The CONNECT has not come in time. */
  onConnectTimeout(): void;
  /** The client has been told that it may enter. */
  onAdmitted(): void;
  /** The broker answers the client. */
  onBrokerBytes(bytes: Buffer): void;
  /** The broker wants the connection closed. */
  onBrokerClosed(): void;
}

/**
 * What the broker takes for the client's socket. It gets only the CONNECT, and goes when that has been answered.
 */
export class BrokerStream extends Duplex {
  readonly peer: BrokerPeer;
  /** What the CONNECT said that the broker itself is not told. */
  clientId = "";
  keepAlive = 0;
  isClean = true;

  constructor(peer: BrokerPeer) {
    super();
    this.peer = peer;
  }

  override _read(): void {
    // Packets are pushed as they come.
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.peer.onBrokerBytes(bytes);
    done();
  }

  // The broker writes one packet in several pieces, corked.
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.peer.onBrokerBytes(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(_error: Error | null, done: (error: null) => void): void {
    this.peer.onBrokerClosed();
    // The broker has told of the error by an event of its own.
    done(null);
  }
}
