import type { Peer } from "./peer.js";

/** A connection to a client that moves bytes, over whichever protocol. */
export interface Transport {
  /** The address that the client has, as far as trusted proxies tell. */
  readonly address: string;
  /** What else is known of the client; undefined where there is no network between. */
  readonly peer?: Peer;
  /** Bytes written that the client has not taken yet. */
  readonly queuedBytes: number;
  /** Begins to read. To be called before the event loop's turn is over, or bytes may be lost. */
  listen(listener: TransportListener): void;
  /** @param onSent called when the bytes have left, or never will */
  write(bytes: Uint8Array, onSent?: () => void): void;
  /** Stops reading; what has been read already may still arrive. */
  pause(): void;
  resume(): void;
  /** Closes after what was written has gone out. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
}

/** Hears from a transport. */
export interface TransportListener {
  /** The bytes stay as they are for as long as somebody holds them. */
  onBytes(bytes: Buffer): void;
  /** Nothing comes after this. */
  onClosed(): void;
}
