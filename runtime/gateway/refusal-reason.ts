/**
 * Why the gateway refuses, ignores or ends something, and what the log says then. The names are the values of the
 * metric's label `reason`.
 */
export const refusalReasons = {
  connections: "There are too many connections",
  "connections-per-address": "There are too many connections from this address",
  "connects-per-second": "Connections come too fast",
  connecting: "There are too many connections that are not admitted yet",
  "connect-time": "A client took too long to connect",
  "proxy-header": "A proxy sent no well-formed PROXY header",
  tls: "A TLS handshake failed",
  http: "An HTTP request or an upgrade was malformed",
  origin: "A page of another origin tried to connect",
  stopping: "The server is stopping",
  sessions: "There are too many sessions",
  "authentication-queue": "Too many clients wait to be authenticated",
  "authentication-time": "Authentication took too long",
  authentication: "A client was not admitted",
  guest: "A guest was not admitted",
  resumption: "A session could not be resumed",
  "guest-idle": "A session without a user was idle for too long",
  silent: "A client was silent for longer than it promised",
  malformed: "A client violated the protocol",
  "packet-bytes": "A packet is too long",
  topic: "A topic is too long or has too many levels",
  unreleased: "Too many messages of QoS 2 were not released",
  "queued-bytes": "A client reads too slowly",
  subscriptions: "A subscription was refused",
  "calls-in-flight": "A session has too many calls at a time",
  "calls-per-second": "A session makes too many calls in a second",
  overload: "The server is overloaded and sheds calls",
  "dropped-call": "A call without an answer was dropped",
  "unknown-topic": "A message to a topic that means nothing was ignored",
} as const;

export type RefusalReason = keyof typeof refusalReasons;
