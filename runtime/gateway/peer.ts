import type { X509Certificate } from "node:crypto";

/** Who is at the other end of a connection. */
export interface Peer {
  /** The address that the client has, as far as trusted proxies tell. */
  readonly address: string;
  /** Whether it came over TLS, as far as trusted proxies tell. */
  readonly isSecure: boolean;
  /** The origin of a browser's page; undefined over TCP. */
  readonly origin?: string | undefined;
  /** The client's certificate; only one that has been found good. */
  readonly certificate?: X509Certificate | undefined;
}
