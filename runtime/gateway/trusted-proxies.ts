import { BlockList, isIP } from "node:net";
import { ConfigError } from "../config/config-error.js";
import { plainAddress } from "./address-key.js";

/** The proxies whose word about a client's address is taken. */
export class TrustedProxies {
  // Node's list of addresses, which is called after its most common use.
  readonly #list = new BlockList();

  /**
   * @param networks addresses and networks such as `10.0.0.0/8`
   * @throws ConfigError
   */
  constructor(networks: readonly string[]) {
    for (const network of networks) this.#add(network);
  }

  has(address: string): boolean {
    const plain = plainAddress(address);
    const version = isIP(plain);
    return version !== 0 && this.#list.check(plain, version === 6 ? "ipv6" : "ipv4");
  }

  #add(network: string): void {
    const [address = "", bits, more] = network.split("/");
    const version = isIP(address);
    const max = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? max : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (version === 0 || more !== undefined || prefix < 0 || prefix > max) {
      throw new ConfigError(
        `\`gateway.trustedProxies\` has ${JSON.stringify(network)}: write addresses and networks, such as "10.0.0.0/8" or "fd00::/8"`,
      );
    }
    this.#list.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
  }
}
