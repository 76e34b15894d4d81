import type { AmqpTransport } from "../amqp/amqp-transport.js";
import type { Config } from "../config/config.js";
import type { Logger } from "../module/logger.js";
import type { NodeId } from "../transport/transport.js";
import { StartError } from "./start-error.js";

/**
 * Makes a node's own way to the broker of the config.
 *
 * @throws StartError where the config names none
 */
export async function connectBroker({ amqp }: Config, node: NodeId, log: Logger): Promise<AmqpTransport> {
  if (amqp === undefined) throw new StartError("The config has no `amqp`, which several processes need");
  const { url, application, prefetch } = amqp;
  // Only here: a game in one process starts without loading it.
  const { createAmqpTransport } = await import("../amqp/amqp-transport.js");
  return createAmqpTransport({
    urls: typeof url === "string" ? [url] : url,
    node,
    log,
    ...(application === undefined ? {} : { application }),
    ...(prefetch === undefined ? {} : { prefetch }),
  });
}
