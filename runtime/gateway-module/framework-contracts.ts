import type { ModuleContract } from "../contract/module.js";
import {
  antwireGatewayClaimUser,
  antwireGatewayContract,
  antwireGatewayDeliver,
} from "./generated/contracts/antwire-gateway.js";
import { antwireNodeContract } from "./generated/contracts/antwire-node.js";

/** The framework's own modules, which nodes call beside those of the game. */
export const frameworkContracts: readonly ModuleContract[] = [antwireGatewayContract, antwireNodeContract];

/** Clients come and go, and so do gateways: a push to one that is gone is nothing that anybody has to know of. */
export const mayFindNobody: ReadonlySet<string> = new Set(
  [antwireGatewayDeliver, antwireGatewayClaimUser].map(({ module, name }) => `${module}.${name}`),
);
