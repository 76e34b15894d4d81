import type { ConnectRequest, GatewayConfig } from "../config/config.js";
import type { Session } from "../session/session.js";
import type { ClientConnect } from "./broker-stream.js";
import type { Clients } from "./clients.js";
import { asRefusal, ConnectRefusal, describeRefusal } from "./connect-refusal.js";
import type { Connection } from "./connection.js";
import type { GatewayContext } from "./gateway-context.js";
import { WaitingLine } from "./waiting-line.js";

/** The user name of a CONNECT that resumes a session. */
const resumeUsername = "antwire-resume";

/** Decides who may enter, by the function in the config. */
export class AdmissionDesk {
  /** Those whom the function is deciding on, and those who wait for it. */
  readonly line: WaitingLine;
  readonly #context: GatewayContext;
  readonly #clients: Clients;
  readonly #config: GatewayConfig;
  readonly #rpc: unknown;

  /** @param rpc what `authenticate` gets to call modules with */
  constructor(
    context: GatewayContext,
    clients: Clients,
    { config, rpc }: { readonly config: GatewayConfig; readonly rpc: unknown },
  ) {
    this.#context = context;
    this.#clients = clients;
    this.#config = config;
    this.#rpc = rpc;
    this.line = new WaitingLine(context.limits.authenticating, context.limits.authenticationQueue);
  }

  /** Opens a session for the connection, or gives it the one that its client had before. Rejects with a `ConnectRefusal`, which has been logged. */
  async admit(connection: Connection, connect: ClientConnect): Promise<void> {
    try {
      this.#requireTime();
      if (connect.username === resumeUsername) {
        this.#clients.resume(connection, connect);
        return;
      }
      this.#requireRoom();
      if (this.#config.authenticate === undefined) this.#admitGuest(this.#open(connection));
      else await this.#inTurn(connection, connect);
    } catch (error) {
      const refusal = asRefusal(error);
      const { address } = connection.transport;
      const because = describeRefusal(refusal, connect.password);
      this.#context.refusals.note(refusal.reason, address, { because });
      throw refusal;
    }
  }

  #requireTime(): void {
    if (!this.#context.isStopping) return;
    throw new ConnectRefusal("The server is stopping", "serverUnavailable", { reason: "stopping" });
  }

  #requireRoom(): void {
    this.#requireTime();
    if (this.#clients.size >= this.#context.limits.sessions) {
      throw new ConnectRefusal("There are too many sessions", "serverUnavailable", { reason: "sessions" });
    }
  }

  // From here on it is a session like any other, which `authenticate` may have a module bind.
  #open(connection: Connection): Session {
    return this.#clients.open(connection).session;
  }

  #admitGuest(session: Session): void {
    if (this.#config.guests !== false || session.userId !== undefined) return;
    throw new ConnectRefusal("Guests are not admitted here", "notAuthorized", { reason: "guest" });
  }

  /** Asks the function, when it is the client's turn and as long as somebody waits for the answer. */
  async #inTurn(connection: Connection, connect: ClientConnect): Promise<void> {
    const { limits, time } = this.#context;
    if (this.line.isFull) {
      throw new ConnectRefusal("Too many clients wait for `authenticate`", "serverUnavailable", {
        reason: "authentication-queue",
      });
    }
    const late = new AbortController();
    const stopWaiting = time.after(limits.authenticationMs, () =>
      late.abort(
        new ConnectRefusal("`authenticate` took too long", "serverUnavailable", {
          reason: "authentication-time",
        }),
      ),
    );
    try {
      await this.line.enter(late.signal);
      try {
        if (!connection.isConnecting) throw new ConnectRefusal("The client has gone", "serverUnavailable");
        this.#requireRoom();
        const session = this.#open(connection);
        await unlessAborted(
          this.#authenticate(requestOf(connection, connect), session, late.signal),
          late.signal,
        );
      } finally {
        // Also where the function goes on: one that hangs must not keep others out.
        this.line.leave();
      }
    } finally {
      stopWaiting();
    }
  }

  async #authenticate(request: ConnectRequest, session: Session, signal: AbortSignal): Promise<void> {
    const admission = await this.#config.authenticate?.(request, { session, rpc: this.#rpc, signal });
    if (admission === undefined || admission === "guest") return this.#admitGuest(session);
    if ("refuse" in admission) throw new ConnectRefusal(admission.refuse, "notAuthorized");
    if (session.userId !== admission.userId) await session.bind(admission.userId);
  }
}

function requestOf({ transport }: Connection, connect: ClientConnect): ConnectRequest {
  const { clientId, username, password, passwordBytes } = connect;
  const { address, peer } = transport;
  return {
    clientId,
    username,
    password,
    passwordBytes,
    address,
    isSecure: peer?.isSecure ?? false,
    origin: peer?.origin,
    certificate: peer?.certificate,
  };
}

function unlessAborted(step: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([step, aborted]);
}
