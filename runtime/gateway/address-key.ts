import { isIPv6 } from "node:net";

// [RFC 4291, 2.5.5.2] How a socket that listens to both kinds shows an address of IPv4.
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An address as it is shown and compared: one of IPv4 in its own form, and without the zone of a link. */
export function plainAddress(address: string): string {
  return mapped.exec(address)?.[1] ?? address.split("%", 1)[0] ?? "";
}

/** What the connections of one subscriber have in common: the address, or of IPv6 the /64 network, which is the least that one gets. */
export function addressKey(address: string): string {
  const plain = plainAddress(address);
  return isIPv6(plain) ? networkOf(plain) : plain;
}

function networkOf(address: string): string {
  const [head, tail] = address.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const groups = head ?? [];
  if (tail !== undefined) {
    // An address of IPv4 at the end stands for two groups, and never among the first four.
    const length = tail.length + (tail.at(-1)?.includes(".") ? 1 : 0);
    while (groups.length + length < 8) groups.push("0");
    groups.push(...tail);
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
