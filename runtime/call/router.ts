import type { Completion, Request } from "./dispatcher.js";
import type { OpenCall } from "./open-call.js";

/** A module that runs in another thread or on another machine. */
export interface RemoteModule {
  /** Prepares a call, which its `start` sends. Throws `invalid-argument` where the arguments do not fit. */
  open(request: Request, completion: Completion): OpenCall;
}

/** Knows where modules run. */
export interface Router {
  /**
   * Where to call a module; undefined where this thread is the only place that can have it.
   *
   * @param node the node that is to answer; undefined for any
   */
  find(module: string, node: string | undefined): RemoteModule | undefined;
}
