import type { Aedes } from "aedes";
import type { AdmissionDesk } from "./admission-desk.js";
import type { ClientConnect } from "./broker-stream.js";
import type { Clients } from "./clients.js";
import { Connection, type ConnectionHost } from "./connection.js";
import type { GatewayContext } from "./gateway-context.js";
import { closeSilent } from "./heartbeat.js";
import { FlushQueue } from "./outbox.js";
import type { Transport } from "./transport.js";

/** What the connections of a gateway share. */
export interface ConnectionsOptions {
  readonly broker: Aedes;
  readonly admission: AdmissionDesk;
  readonly clients: Clients;
}

/** The connections of a gateway, from the first byte to the end of the session. */
export class Connections implements ConnectionHost {
  readonly context: GatewayContext;
  readonly flushes = new FlushQueue();
  readonly #options: ConnectionsOptions;
  readonly #connections = new Set<Connection>();
  #lastKey = 0;
  #onEmpty: (() => void) | undefined = undefined;

  constructor(context: GatewayContext, options: ConnectionsOptions) {
    this.context = context;
    this.#options = options;
  }

  /** Those included that are not admitted yet. */
  get size(): number {
    return this.#connections.size;
  }

  /** Bytes that wait for clients to read them. */
  countQueuedBytes(): number {
    let bytes = 0;
    for (const { transport } of this.#connections) bytes += transport.queuedBytes;
    return bytes;
  }

  /** Takes a client that has come in, unless too many are waiting to be admitted. */
  receive(transport: Transport): void {
    const waiting = this.#connections.size - this.#options.clients.connected;
    if (waiting >= this.context.limits.connecting) {
      this.context.refusals.note("connecting", transport.address);
      transport.destroy();
      return;
    }
    const connection = new Connection(String(++this.#lastKey), transport, this);
    this.#connections.add(connection);
    this.#options.broker.handle(connection.openStream());
    transport.listen(connection);
  }

  admit(connection: Connection, connect: ClientConnect): Promise<void> {
    return this.#options.admission.admit(connection, connect);
  }

  onClosed(connection: Connection): void {
    this.#connections.delete(connection);
    this.#options.clients.leave(connection);
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  closeSilent(): void {
    closeSilent(this.#connections, this.context.clock.seconds, this.context.limits.guestIdle);
  }

  /**
   * Ends all connections. Resolves when they are gone.
   *
   * @param patience milliseconds that they have to take their last bytes
   */
  async closeAll(patience: number): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const connection of this.#connections) connection.close("the server stops");
    if (this.#connections.size === 0) return;
    const timer = setTimeout(() => {
      for (const connection of this.#connections) connection.abort("the server has stopped");
    }, patience);
    await gone;
    clearTimeout(timer);
  }
}
