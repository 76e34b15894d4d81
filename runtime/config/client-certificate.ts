/**
 * A client's certificate: what an `X509Certificate` of `node:crypto`, which it is, says of itself. It has no type of Node's,
 * so that a page's types need none either. `new X509Certificate(certificate.raw)` has all of that class's.
 */
export interface ClientCertificate {
  /** Whom it is about, a line for each part: `CN=Ann`. */
  readonly subject: string;
  /** Further names, such as `DNS:ann.example, email:ann@example.com`. */
  readonly subjectAltName: string | undefined;
  /** Who signed it. */
  readonly issuer: string;
  readonly serialNumber: string;
  /** Its SHA-256, as pairs of hexadecimal digits between colons. */
  readonly fingerprint256: string;
  /** Since when it is good, as OpenSSL writes times. */
  readonly validFrom: string;
  /** Until when it is good. */
  readonly validTo: string;
  /** All of it in DER. */
  readonly raw: Uint8Array;
}
