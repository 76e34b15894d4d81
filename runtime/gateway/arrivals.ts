import type { GatewayLimits } from "../config/gateway-limits.js";
import { addressKey } from "./address-key.js";
import type { Refusals } from "./refusals.js";
import { TokenBucket } from "./token-bucket.js";

/** Counts those who come, on all ports, and turns those away who are too many. */
export class Arrivals {
  readonly #limits: GatewayLimits;
  readonly #refusals: Refusals;
  readonly #pace: TokenBucket;
  readonly #byAddress = new Map<string, number>();
  #size = 0;

  constructor(limits: GatewayLimits, refusals: Refusals) {
    this.#limits = limits;
    this.#refusals = refusals;
    this.#pace = new TokenBucket(limits.connectsPerSecond, limits.connectsPerSecond);
  }

  /** Takes a connection in, before it is known whose it is. Returns false where it is one too many. */
  enter(address: string): boolean {
    if (this.#size >= this.#limits.connections) {
      this.#refusals.note("connections", address);
      return false;
    }
    if (this.#pace.take(performance.now()) > 0) {
      this.#refusals.note("connects-per-second", address);
      return false;
    }
    this.#size++;
    return true;
  }

  leave(): void {
    this.#size--;
  }

  /** Counts a connection of an address. Returns false where it is one too many, or else what is to be called at its end. */
  enterFrom(address: string): (() => void) | false {
    const key = addressKey(address);
    const known = this.#byAddress.get(key) ?? 0;
    if (known >= this.#limits.connectionsPerAddress) {
      this.#refusals.note("connections-per-address", address);
      return false;
    }
    this.#byAddress.set(key, known + 1);
    return () => this.#leaveFrom(key);
  }

  #leaveFrom(key: string): void {
    const left = (this.#byAddress.get(key) ?? 0) - 1;
    if (left > 0) this.#byAddress.set(key, left);
    else this.#byAddress.delete(key);
  }
}
