import { randomBytes } from "node:crypto";
import type { NodeId } from "../transport/transport.js";

/**
 * A new session's id. It tells the gateway that holds the session, so that everybody knows where to find it.
 *
 * @param node the gateway's node; undefined where there is only one
 */
export function createSessionId(node: NodeId | undefined): string {
  // 128 random bits: unique without anybody to ask, also among several gateways.
  const random = randomBytes(16).toString("base64url");
  return node === undefined ? random : `${node}.${random}`;
}

/** The node of the gateway that holds a session; undefined for an id that tells none. */
export function nodeOfSession(id: string): NodeId | undefined {
  const end = id.lastIndexOf(".");
  return end === -1 ? undefined : id.slice(0, end);
}
