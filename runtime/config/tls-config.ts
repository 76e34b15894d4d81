/** A PEM: its text, its bytes, or where its file is, as a path or a `file:` URL. */
export type Pem = string | Uint8Array | URL;

/** How a gateway speaks TLS. Files that change are read again, within ten seconds and without a restart. */
export interface TlsConfig {
  readonly key: Pem;
  /** The certificate, and behind it those that lead to a root. */
  readonly cert: Pem;
  /** Who may sign the certificates of clients; default: the roots that Node comes with. */
  readonly ca?: Pem;
  /** Whether clients are asked for a certificate, which `authenticate` then gets; default false. */
  readonly requestCert?: boolean;
  /** Whether a client that was asked and has none that `ca` signed is turned away; default true. */
  readonly rejectUnauthorized?: boolean;
}
