import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { TrustedProxies } from "./trusted-proxies.js";

/** What a request says about where it comes from, as far as it may be believed. */
export interface Forwarded {
  readonly address: string;
  readonly isSecure: boolean;
}

/**
 * Finds the client behind trusted proxies: from the last address of `X-Forwarded-For`, which the nearest proxy
 * has added, back to the first that is no proxy's. What stands before that anybody can have written.
 */
export function readForwarded(
  headers: IncomingHttpHeaders,
  direct: Forwarded,
  proxies: TrustedProxies,
): Forwarded {
  if (!proxies.has(direct.address)) return direct;
  const told = listOf(headers["x-forwarded-for"]);
  let { address } = direct;
  while (proxies.has(address)) {
    const before = withoutPort(told.pop() ?? "");
    if (isIP(before) === 0) break;
    address = before;
  }
  const protocol = listOf(headers["x-forwarded-proto"]).at(-1);
  return { address, isSecure: protocol === undefined ? direct.isSecure : protocol === "https" };
}

function listOf(header: string | string[] | undefined): string[] {
  return header === undefined
    ? []
    : String(header)
        .split(",")
        .map((part) => part.trim());
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
}
