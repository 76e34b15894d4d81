import { BrokerError } from "./broker-error.js";

/** Seconds. A broker that says nothing for two to three times as long is given up; it does the same with us. */
const heartbeat = 10;

/** Where a broker is. */
export interface BrokerUrl {
  /** With the password, and with what amqplib takes from a URL. */
  readonly full: string;
  /** As it may be shown. */
  readonly shown: string;
}

/** Reads a URL. Throws a {@link BrokerError} when it is none for AMQP. */
export function parseBrokerUrl(text: string): BrokerUrl {
  const url = parse(text);
  if (url === undefined || (url.protocol !== "amqp:" && url.protocol !== "amqps:") || url.hostname === "") {
    // The text is not shown: a URL with a slip in it may still have a password.
    throw new BrokerError("A broker's address is a URL such as amqp://user:password@host:5672");
  }
  if (!url.searchParams.has("heartbeat")) url.searchParams.set("heartbeat", String(heartbeat));
  return { full: url.href, shown: `${url.protocol}//${url.host}${url.pathname}` };
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
