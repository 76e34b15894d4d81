import type { Connection } from "./connection.js";

/** Seconds that the last bytes to a client have to go out. */
const closingTime = 3;

/**
 * Closes the connections whose clients have been silent for too long; called once a second.
 *
 * @param guestIdle seconds that a session without a user may be silent for
 */
export function closeSilent(connections: Iterable<Connection>, seconds: number, guestIdle: number): void {
  for (const connection of connections) {
    const { closingSince, isOpen, keepAlive, lastSeen, session } = connection;
    // Whole seconds: the client has been silent for up to one less than this.
    const silence = seconds - lastSeen - 1;
    if (closingSince !== undefined) {
      if (seconds - closingSince > closingTime) connection.abort("did not take its last bytes");
    } else if (isOpen && keepAlive > 0 && silence >= keepAlive * 1.5) {
      // [MQTT-3.1.2-24]
      connection.offend("silent");
      connection.abort("silent for longer than it promised");
    } else if (isOpen && session?.userId === undefined && silence >= guestIdle) {
      connection.offend("guest-idle");
      connection.abort("idle without a user");
    }
  }
}
