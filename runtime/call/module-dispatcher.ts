import { RpcError } from "../error/rpc-error.js";
import type { CallCore } from "./call-core.js";
import type { Completion, Dispatched, Dispatcher, Request } from "./dispatcher.js";

/** Takes calls of clients to the modules, here or elsewhere. */
export class ModuleDispatcher implements Dispatcher {
  readonly #core: CallCore;
  #stopping = false;

  constructor(core: CallCore) {
    this.#core = core;
  }

  dispatch(request: Request, completion: Completion): Dispatched {
    if (this.#stopping) return refuse(completion);
    const call = this.#core.open(request, completion, undefined);
    call.start();
    return call;
  }

  /** From now on every call ends with `unavailable`, and every stream. Modules still reach each other. */
  stop(): void {
    this.#stopping = true;
    this.#core.interruptStreams(new RpcError("unavailable", "The server is stopping"));
  }
}

function refuse(completion: Completion): Dispatched {
  queueMicrotask(() => completion.fail(new RpcError("unavailable", "The server is stopping")));
  return { cancel() {} };
}
