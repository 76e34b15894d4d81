import type { MqttDelivery } from "./mqtt.js";

/** Packet identifiers go up to here, and begin again at 1 [MQTT-2.3.1-1]. */
const lastId = 0xffff;

/**
 * Tells messages of QoS 1 that came before: a server that has not seen the PUBACK sends them again over the
 * connection on which the session is resumed [MQTT-4.4.0-1]. The gateway counts the identifiers up, and keeps
 * the order, so that those up to the last one have been here.
 */
export class Repetitions {
  #last = 0;

  /** Takes note of a delivery, and tells whether it is a repetition. */
  has({ id, dup }: MqttDelivery): boolean {
    const behind = (this.#last - id + lastId) % lastId;
    if (dup && this.#last !== 0 && behind < lastId / 2) return true;
    this.#last = id;
    return false;
  }

  /** A new session begins, with numbers of its own. */
  clear(): void {
    this.#last = 0;
  }
}
