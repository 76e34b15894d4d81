import type { Peer } from "./peer.js";

const nobody: readonly Peer[] = [];

/** Which other threads take what: modules in one of these, topics in another. */
export class Takers {
  readonly #peers = new Map<string, readonly Peer[]>();

  of(name: string): readonly Peer[] {
    return this.#peers.get(name) ?? nobody;
  }

  add(name: string, peer: Peer): void {
    this.#peers.set(name, [...this.of(name).filter((other) => other !== peer), peer]);
  }

  remove(name: string, peer: Peer): void {
    const rest = this.of(name).filter((other) => other !== peer);
    if (rest.length > 0) this.#peers.set(name, rest);
    else this.#peers.delete(name);
  }

  forget(peer: Peer): void {
    for (const name of this.#peers.keys()) this.remove(name, peer);
  }
}
