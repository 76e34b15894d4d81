import { topicOf } from "../session/session-topics.js";
import type { UserClaim } from "../session/user-claim.js";
import type { Broadcast } from "./broadcast.js";
import { antwireGatewayClaimUser } from "./generated/contracts/antwire-gateway.js";

/** Tells the other gateways that have sessions of the user. */
export function announceClaim(claim: UserClaim, broadcast: Broadcast): void {
  broadcast.send(topicOf({ kind: "user", id: claim.userId }), antwireGatewayClaimUser, claim);
}
