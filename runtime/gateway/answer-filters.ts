import type { IncomingPacket } from "./packet-splitter.js";
import { encodeSuback, encodeUnsuback, readFilters } from "./subscribe-packet.js";

/** The code of a filter that is not granted. */
const refused = 0x80;

/** What becomes of the filters of a SUBSCRIBE or an UNSUBSCRIBE. */
export interface FilterTaker {
  /** Returns whether the filter is granted. */
  subscribe(filter: string, qos: number): boolean;
  unsubscribe(filter: string): void;
}

/** Passes on the filters of a SUBSCRIBE or an UNSUBSCRIBE, and returns its acknowledgement; undefined where it violates the protocol. */
export function answerFilters(packet: IncomingPacket, taker: FilterTaker): Buffer | undefined {
  const request = readFilters(packet);
  if (request === undefined) return undefined;
  const { identifier, filters } = request;
  if (!request.isSubscribe) {
    for (const filter of filters) taker.unsubscribe(filter);
    return encodeUnsuback(identifier);
  }
  // In the QoS that was asked for: what is pushed has 0 or 1, and the lower of the two counts [MQTT-3.8.4-6].
  const codes = filters.map((filter, i) => {
    const qos = request.qos[i] ?? 0;
    return taker.subscribe(filter, qos) ? qos : refused;
  });
  return encodeSuback(identifier, codes);
}
