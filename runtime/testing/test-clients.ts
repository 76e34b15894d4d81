import type { Connection } from "../client/link.js";
import { openGame } from "../client/open-connection.js";
import type { Clock } from "../clock/clock.js";
import type { Session } from "../session/session.js";
import type { CapturedLog } from "./captured-log.js";
import type { MemoryNetwork } from "./memory-network.js";
import type { TestClientOptions } from "./test-app.js";
import type { Guests } from "./test-config.js";
import { withCauses } from "./with-causes.js";

/** What clients in a test work with. */
export interface TestClientsOptions<Client> {
  readonly network: MemoryNetwork;
  readonly clock: Clock;
  readonly captured: CapturedLog;
  readonly create: (new (connection: Connection) => Client) | undefined;
}

/** The clients of an application under test. Each has an address of its own, which it keeps when it comes back. */
export class TestClients<Client> implements Guests {
  readonly #options: TestClientsOptions<Client>;
  readonly #open = new Map<Client, { readonly address: string; readonly connection: Connection }>();
  readonly #users = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();
  #lastNumber = 0;

  constructor(options: TestClientsOptions<Client>) {
    this.#options = options;
  }

  async connect(who: string | TestClientOptions<Client> = {}): Promise<Client> {
    const { network, clock, captured, create } = this.#options;
    const { user, ...options } = typeof who === "string" ? { username: who } : who;
    const address = `client-${++this.#lastNumber}`;
    if (user !== undefined) this.#users.set(address, user);
    let connection: Connection | undefined;
    const createClient = (plain: Connection): Client => {
      connection = plain;
      const link = withCauses(plain, captured);
      // Where the test names no class, its clients are connections.
      return create === undefined ? (link as Client) : new create(link);
    };
    const client = await openGame("mqtt://test", createClient, options, {
      openSocket: network.openSocketAt(address),
      clock,
    });
    if (connection !== undefined) this.#open.set(client, { address, connection });
    return client;
  }

  addressOf(client: Client): string {
    const open = this.#open.get(client);
    if (open === undefined) throw new TypeError("expected a client of this application");
    return open.address;
  }

  sessionOf(client: Client): Session {
    const session = this.#sessions.get(this.addressOf(client));
    if (session === undefined) throw new TypeError("the client has no session yet");
    return session;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ connection }) => connection.close()));
  }

  userAt(address: string): string | undefined {
    return this.#users.get(address);
  }

  opened(address: string, session: Session): void {
    this.#sessions.set(address, session);
  }
}
