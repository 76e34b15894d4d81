import { BrokerError } from "../amqp/broker-error.js";
import { ConfigError } from "../config/config-error.js";
import { MissingMethods } from "../module/missing-methods.js";
import { PlacementError } from "../placement/placement.js";
import { describeImportError } from "../process/import-error.js";
import { describeListenError } from "../process/listen-error.js";
import { StartError } from "../process/start-error.js";
import { CommandError } from "./command-error.js";

/**
 * Does a step, and tells in one line what is wrong with the config (exit code 2), or with the machine or a file (1). What
 * else it throws passes through, with its stack.
 */
export async function tellStartErrors<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof StartError || error instanceof PlacementError || error instanceof ConfigError) {
      throw new CommandError(error.message, 2);
    }
    if (error instanceof Error && error.cause instanceof MissingMethods)
      throw new CommandError(error.cause.message);
    const line =
      error instanceof BrokerError
        ? error.message
        : (describeListenError(error) ?? describeImportError(error));
    throw line === undefined ? error : new CommandError(line);
  }
}
