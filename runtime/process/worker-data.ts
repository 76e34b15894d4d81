import type { GatewayPorts } from "../config/placement-config.js";
import type { ProcessPlan, ThreadPlan } from "../placement/placement.js";
import type { LogFormat } from "./log.js";

/** What a worker thread needs to know to do its part; structured clone takes it there. */
export interface WorkerData {
  /** The path of the config, which each thread imports itself. */
  readonly configFile: string;
  readonly process: ProcessPlan;
  readonly thread: ThreadPlan;
  /** What the command line says about where to listen. */
  readonly ports: GatewayPorts;
  readonly logFormat: LogFormat;
}
