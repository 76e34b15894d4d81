import type { Config, GatewayConfig } from "../config/config.js";
import type { GatewayPorts } from "../config/placement-config.js";

/** The gateway of a process: where the command line says nothing counts the process, and then the config's `gateway`. */
export function gatewayOf(config: Config, process: string, wish: GatewayPorts): GatewayConfig {
  const own = config.processes?.[process]?.gateway;
  return { ...config.gateway, ...(typeof own === "object" ? own : {}), ...wish };
}
