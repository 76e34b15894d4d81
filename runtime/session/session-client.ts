/** What a session is kept for: a client, with or without a connection at the moment. */
export interface SessionClient {
  /** Ends the session, and with it the connection. */
  close(reason?: string): void;
}
