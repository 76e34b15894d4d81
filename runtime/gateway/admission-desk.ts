import type { ConnectRequest, GatewayConfig } from "../config/config.js";
import type { Session } from "../session/session.js";
import type { SessionRegistry } from "../session/session-registry.js";
import type { ClientConnect } from "./broker-stream.js";
import { asRefusal, ConnectRefusal } from "./connect-refusal.js";
import type { Connection } from "./connection.js";
import type { GatewayContext } from "./gateway-context.js";

/** Milliseconds that the way in may take: `authenticate`, and all nodes hearing of the user. */
const deadline = 5_000;

/** Decides who may enter, by the function in the config. */
export class AdmissionDesk {
  readonly #context: GatewayContext;
  readonly #sessions: SessionRegistry<Connection>;
  readonly #config: GatewayConfig;
  readonly #rpc: unknown;

  /** @param rpc what `authenticate` gets to call modules with */
  constructor(
    context: GatewayContext,
    sessions: SessionRegistry<Connection>,
    { config, rpc }: { readonly config: GatewayConfig; readonly rpc: unknown },
  ) {
    this.#context = context;
    this.#sessions = sessions;
    this.#config = config;
    this.#rpc = rpc;
  }

  /** Opens a session for the connection. Rejects with a `ConnectRefusal`, which has been logged. */
  async admit(connection: Connection, { clientId, username, password }: ClientConnect): Promise<void> {
    const { counters, isStopping, limits, log } = this.#context;
    try {
      if (isStopping) throw new ConnectRefusal("The server is stopping", "serverUnavailable");
      if (this.#sessions.size >= limits.sessions)
        throw new ConnectRefusal("There are too many sessions", "serverUnavailable");
      // From here on it is a session like any other, which `authenticate` may have a module bind.
      const session = this.#sessions.open(connection);
      connection.session = session;
      const request = { clientId, username, password, address: connection.transport.address };
      await inTime(this.#authenticate(request, session));
    } catch (error) {
      const refusal = asRefusal(error);
      counters.refusedConnects++;
      log.info({ err: refusal, address: connection.transport.address }, "A client was not admitted");
      throw refusal;
    }
  }

  async #authenticate(request: ConnectRequest, session: Session): Promise<void> {
    if (this.#config.authenticate === undefined) return;
    const admission = await this.#config.authenticate(request, { session, rpc: this.#rpc });
    if (admission === "guest") return;
    if ("refuse" in admission) throw new ConnectRefusal(admission.refuse, "notAuthorized");
    if (session.userId !== admission.userId) await session.bind(admission.userId);
  }
}

async function inTime(step: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new ConnectRefusal("`authenticate` took too long", "serverUnavailable")),
      deadline,
    );
  });
  try {
    await Promise.race([step, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
