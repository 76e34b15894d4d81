import type { Session } from "../session/session.js";

/**
 * What a handler gets as its last parameter. `Rpc` are the typed stubs of the application, `Client` is its
 * type of sessions.
 */
export interface Call<Rpc = unknown, Client extends Session = Session> {
  /** The session that called, however many modules ago; undefined where no client is behind the call. */
  readonly session: Client | undefined;
  /** When the caller stops waiting, in milliseconds since the epoch. */
  readonly deadline: number;
  /** What is left until then, in milliseconds; 0 when it has passed. */
  remaining(): number;
  /** Aborted when the caller cancels or the deadline passes. */
  readonly signal: AbortSignal;
  /** The trace that this call belongs to: 32 hexadecimal digits (W3C Trace Context). */
  readonly traceId: string;
  /** Stubs whose calls inherit this call's deadline, signal, session and trace. */
  readonly rpc: Rpc;
}
