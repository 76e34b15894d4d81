import type { RemoteModule } from "../call/router.js";
import type { MethodContract } from "../contract/method.js";
import type { Address } from "../transport/transport.js";
import { sendOneWay } from "./one-way.js";

/** One way to other nodes. */
export interface Way {
  readonly remote: { at(address: Address): RemoteModule };
  /**
   * The nodes that hear everything by a shorter way already: the id of this node, or the name of its
   * process. They ignore what comes to them by this one.
   */
  readonly except: string;
}

/** Topics whose lanes are kept. */
const keptTopics = 10_000;

/** Tells something to all nodes that listen to a topic, by every way that there is, and once to each. */
export class Broadcast {
  readonly #ways: readonly { readonly way: Way; readonly lanes: Map<string, RemoteModule> }[];

  constructor(ways: readonly Way[]) {
    this.#ways = ways.map((way) => ({ way, lanes: new Map() }));
  }

  /** @param method a one-way method whose parameters are what to tell, and whom to except */
  send(topic: string, method: MethodContract, what: unknown): void {
    for (const { way, lanes } of this.#ways) {
      let lane = lanes.get(topic);
      if (lane === undefined) {
        lane = way.remote.at({ kind: "topic", topic });
        // Groups come and go, and nobody says when.
        if (lanes.size >= keptTopics) lanes.clear();
        lanes.set(topic, lane);
      }
      sendOneWay(lane, method, [what, way.except]);
    }
  }
}
