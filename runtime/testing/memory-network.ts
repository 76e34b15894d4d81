import { setImmediate } from "node:timers";
import { setImmediate as turn } from "node:timers/promises";
import type { OpenSocket } from "../client/socket.js";
import type { CreateDoors } from "../gateway/gateway.js";
import type { Transport } from "../gateway/transport.js";
import { MemoryLink } from "./memory-link.js";

/**
 * Turns of the event loop without a byte after which everything has come to rest. The longest way between two
 * deliveries takes two: the gateway gathers what it sends until the end of a turn, and so may what waits for it.
 */
const quietTurns = 4;

/** What stands between clients and a gateway in one process. */
export class MemoryNetwork {
  #receive: ((transport: Transport) => void) | undefined = undefined;
  #isOpen = false;
  /** How often anything happened. */
  #activity = 0;
  readonly #links = new Map<string, MemoryLink>();

  /** The gateway's way in. */
  readonly createDoors: CreateDoors = (receive) => {
    this.#receive = receive;
    return {
      open: async () => {
        this.#isOpen = true;
        return { mqtt: "memory:", http: "memory:" };
      },
      shut: () => {
        this.#isOpen = false;
      },
      close: async () => {},
    };
  };

  /** What the client at an address opens sockets with, one at a time. */
  openSocketAt(address: string): OpenSocket {
    return (_url, events) => {
      const link = new MemoryLink(events, this.#later);
      this.#links.set(address, link);
      this.#later(() => {
        if (!this.#isOpen || this.#receive === undefined) {
          events.onClose(new Error("the application does not take clients"));
          return;
        }
        this.#receive(link.transport(address));
        events.onOpen();
      });
      return link.socket;
    };
  }

  /** Breaks the connection of the client at an address. */
  cut(address: string): void {
    this.#links.get(address)?.break();
  }

  /** Resolves once nothing is under way, and nothing came of what has arrived. */
  async settle(): Promise<void> {
    let seen = this.#activity;
    for (let quiet = 0; quiet < quietTurns; quiet++) {
      await turn();
      if (this.#activity === seen) continue;
      seen = this.#activity;
      quiet = -1;
    }
  }

  readonly #later = (step: () => void): void => {
    this.#activity++;
    setImmediate(() => {
      this.#activity++;
      step();
    });
  };
}
