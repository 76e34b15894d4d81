/** What a socket reports. */
export interface SocketEvents {
  onOpen(): void;
  /** Bytes as they come, however they are cut. */
  onBytes(bytes: Uint8Array): void;
  /** The socket is gone, or was never there; nothing follows. */
  onClose(error: Error | undefined): void;
}

/** A stream of bytes to a server, over TCP, TLS or WebSocket. Both platforms have an `openSocket` of this shape. */
export interface Socket {
  /** Bytes that were written and have not left this program yet. */
  readonly buffered: number;
  /** Sends the bytes; over WebSocket in one frame. */
  write(bytes: Uint8Array): void;
  /** Closes once everything written has been sent. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
}

/** Opens a socket to a URL. Events come after it has returned. */
export type OpenSocket = (url: URL, events: SocketEvents) => Socket;
