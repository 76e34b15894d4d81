import type { Completion, Dispatched, Dispatcher, Request } from "../call/dispatcher.js";
import { RpcError } from "../error/rpc-error.js";
import { LiveSession } from "../session/live-session.js";
import type { Session } from "../session/session.js";
import { Client } from "./client.js";
import { sessionMethod, type Ticket } from "./own-routes.js";

/** Answers the calls that are the gateway's own to answer, and passes on all others. */
export class OwnMethods implements Dispatcher {
  readonly #next: Dispatcher;
  readonly #resumeMs: number;

  constructor(next: Dispatcher, resumeMs: number) {
    this.#next = next;
    this.#resumeMs = resumeMs;
  }

  dispatch(request: Request, completion: Completion): Dispatched {
    if (request.method.module !== sessionMethod.module) return this.#next.dispatch(request, completion);
    queueMicrotask(() => {
      const ticket = this.#makeTicket(request.session);
      if (ticket instanceof RpcError) completion.fail(ticket);
      else completion.succeed(ticket, true);
    });
    return done;
  }

  #makeTicket(session: Session | undefined): Ticket | RpcError {
    if (this.#resumeMs === 0)
      return new RpcError("unimplemented", "Sessions end with their connections here");
    const client = session instanceof LiveSession ? session.client : undefined;
    if (!(client instanceof Client)) return new RpcError("unavailable", "The session has ended");
    return { session: client.session.id, secret: client.issueSecret(), resumeMs: this.#resumeMs };
  }
}

const done: Dispatched = { cancel() {} };
