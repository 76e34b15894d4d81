import { Aedes, type Client } from "aedes";
import type { Logger } from "../module/logger.js";
import { BrokerStream } from "./broker-stream.js";
import type { ConnectRefusal } from "./connect-refusal.js";

/**
 * The MQTT broker, without what makes it one: it reads a client's CONNECT, answers it, and is told then that the
 * client has gone. It routes nothing, and its own announcements under `$SYS` go nowhere.
 */
class SilentAedes extends Aedes {
  override publish(_packet: unknown, clientOrDone: unknown, done: unknown = clientOrDone): void {
    if (typeof done === "function") done();
  }

  override subscribe(_filter: string, _deliver: unknown, done?: () => void): void {
    done?.();
  }

  override unsubscribe(_filter: string, _deliver: unknown, done?: () => void): void {
    done?.();
  }
}

/**
 * A broker, which takes connections by `handle(stream)` once it has been told to `listen`.
 *
 * @param connectTimeout milliseconds that a connection has for its CONNECT
 */
export function createBroker(log: Logger, connectTimeout: number): Aedes {
  const broker = new SilentAedes({
    connectTimeout,
    // MQTT 3.1 allows ids of 23 characters; the ids that come here are ours.
    maxClientsIdLength: 65_535,

    preConnect(client, packet, done) {
      const stream = streamOf(client);
      stream.clientId = packet.clientId;
      stream.keepAlive = packet.keepalive ?? 0;
      stream.isClean = packet.clean !== false;
      // A client id is no identity: under keys of their own, two clients never throw each other out.
      packet.clientId = stream.peer.key;
      packet.clean = true;
      // The gateway watches it, because it alone sees all packets.
      packet.keepalive = 0;
      // Wills are accepted and never published. Dropped here, they take no memory either.
      delete packet.will;
      done(null, true);
    },

    authenticate(client, username, password, done) {
      const { clientId, keepAlive, isClean, peer } = streamOf(client);
      const connect = {
        clientId,
        keepAlive,
        isClean,
        username,
        password: password?.toString(),
        passwordBytes: password,
      };
      peer.admit(connect).then(
        () => done(null, true),
        (refusal: ConnectRefusal) => done(refusal, false),
      );
    },
  });
  broker.on("clientReady", (client) => streamOf(client).peer.onAdmitted());
  // Its store fails, which is in memory and does not. Without a listener Node would end the process.
  broker.addListener("error", (error: unknown) => log.error({ err: error }, "The broker failed"));
  broker.on("connectionError", (client, error) => {
    // What it says when its timer for the CONNECT has run out.
    if (error.message === "connect did not arrive in time") streamOf(client).peer.onConnectTimeout();
    else logError(log, client, error);
  });
  broker.on("clientError", (client, error) => logError(log, client, error));
  return broker;
}

function logError(log: Logger, client: Client, error: Error): void {
  log.debug({ err: error, connection: client.id }, "The broker closes a connection");
}

function streamOf(client: Client): BrokerStream {
  const stream = client.conn;
  if (!(stream instanceof BrokerStream)) throw new TypeError("a client of the broker has no broker stream");
  return stream;
}
