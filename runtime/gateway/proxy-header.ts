import { isIP } from "node:net";

/** What a proxy says in front of a connection: HAProxy's PROXY protocol, versions 1 and 2. */
export interface ProxyHeader {
  /** Bytes of the header, behind which the client's begin. */
  readonly length: number;
  /** The client's address; undefined where the proxy speaks for itself, as when it looks whether we are well. */
  readonly address: string | undefined;
}

const signature = Buffer.from("\r\n\r\n\0\r\nQUIT\n", "latin1");

// [PROXY 2.1] The longest line that is possible, with its end.
const maxLine = 107;

// Far more than the extensions that proxies add.
const maxExtended = 4_096;

/** Reads the header at the beginning of what came. Undefined where there is more to come; false where it is none. */
export function readProxyHeader(bytes: Buffer): ProxyHeader | undefined | false {
  const isSecond = bytes[0] === signature[0];
  return isSecond ? readSecond(bytes) : readFirst(bytes);
}

function readFirst(bytes: Buffer): ProxyHeader | undefined | false {
  const text = bytes.toString("latin1", 0, maxLine);
  const start = "PROXY ";
  if (!text.startsWith(start.slice(0, text.length))) return false;
  const end = text.indexOf("\r\n");
  if (end === -1) return text.length < maxLine ? undefined : false;
  const length = end + 2;
  const [, protocol, source = "", destination = "", ...ports] = text.slice(0, end).split(" ");
  if (protocol === "UNKNOWN") return { length, address: undefined };
  const version = protocol === "TCP4" ? 4 : protocol === "TCP6" ? 6 : -1;
  const isWellFormed =
    isIP(source) === version &&
    isIP(destination) === version &&
    ports.length === 2 &&
    ports.every((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535);
  return isWellFormed && { length, address: source };
}

function readSecond(bytes: Buffer): ProxyHeader | undefined | false {
  const shared = Math.min(bytes.length, signature.length);
  if (bytes.compare(signature, 0, shared, 0, shared) !== 0) return false;
  if (bytes.length < 16) return undefined;
  const command = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const size = bytes.readUInt16BE(14);
  if ((command !== 0x20 && command !== 0x21) || size > maxExtended) return false;
  const length = 16 + size;
  if (bytes.length < length) return undefined;
  // LOCAL, and what is neither TCP over IPv4 nor over IPv6, tells no address.
  if (command === 0x20 || (family !== 0x11 && family !== 0x21)) return { length, address: undefined };
  if (size < (family === 0x11 ? 12 : 36)) return false;
  return { length, address: family === 0x11 ? readIpv4(bytes) : readIpv6(bytes) };
}

function readIpv4(bytes: Buffer): string {
  return bytes.subarray(16, 20).join(".");
}

function readIpv6(bytes: Buffer): string {
  return Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(16 + i * 2).toString(16)).join(":");
}
