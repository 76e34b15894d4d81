import type { ModuleContract } from "../contract/module.js";
import { antwireGatewayContract } from "./generated/contracts/antwire-gateway.js";
import { antwireNodeContract } from "./generated/contracts/antwire-node.js";

/** The framework's own modules, which nodes call beside those of the game. */
export const frameworkContracts: readonly ModuleContract[] = [antwireGatewayContract, antwireNodeContract];
