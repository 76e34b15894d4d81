import type { RpcError } from "../error/rpc-error.js";

/**
 * Where a connection stands. A lost one waits for a moment and connects again, as often as it takes.
 * `connected` means that calls go out: it comes after `login`, where there is one. `closed` is final: after
 * `close()`, when the server refuses the user on the way back, or when it ended the session on purpose.
 */
export type ConnectionState = "connecting" | "connected" | "waiting" | "closed";

/** A change of state, and what belongs to it. */
export type StateChange =
  | { readonly state: "connecting" }
  | {
      readonly state: "connected";
      /**
       * Whether the session is the one that was lost, with its user, groups and subscriptions. False for a
       * new one, as after the first connect and after a restart of the server.
       */
      readonly resumed: boolean;
    }
  | {
      readonly state: "waiting";
      /** Why there is no connection. */
      readonly reason: RpcError;
      /** Milliseconds until the next attempt. */
      readonly retryMs: number;
    }
  | {
      readonly state: "closed";
      /** Why, unless it was `close()`. */
      readonly reason: RpcError | undefined;
    };

/** What one can listen to: each state by its name, and all of them as `state`. */
export type ConnectionEvents = {
  readonly [State in ConnectionState]: Extract<StateChange, { state: State }>;
} & { readonly state: StateChange };
