import { refuse } from "../codec/refusal.js";
import type { ClientMethod } from "./link.js";

/** What one gets a lost session back with. It opens that session once, and stays in memory. */
export interface SessionTicket {
  readonly session: string;
  readonly secret: string;
  /** Milliseconds for which the server keeps a session that has lost its connection. */
  readonly resumeMs: number;
}

/** The user name of a CONNECT that resumes a session. */
export const resumeUsername = "antwire-resume";

/** The call that gives a session's ticket. */
export const askForTicket: ClientMethod<[], SessionTicket> = {
  route: "Antwire/session",
  timeout: undefined,
  write: () => [],
  read: readTicket,
  failures: [],
};

function readTicket(wire: unknown): SessionTicket {
  const [session, secret, resumeMs]: readonly unknown[] = Array.isArray(wire) ? wire : [];
  if (typeof session !== "string") refuse("session", "a string", session);
  if (typeof secret !== "string") refuse("secret", "a string", secret);
  if (typeof resumeMs !== "number") refuse("resumeMs", "a number", resumeMs);
  return { session, secret, resumeMs };
}
