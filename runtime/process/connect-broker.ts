import { type AmqpTransport, createAmqpTransport } from "../amqp/amqp-transport.js";
import type { Config } from "../config/config.js";
import type { Logger } from "../module/logger.js";
import type { NodeId } from "../transport/transport.js";
import { StartError } from "./start-error.js";

/**
 * Makes a node's own way to the broker of the config.
 *
 * @throws StartError where the config names none
 */
export function connectBroker({ amqp }: Config, node: NodeId, log: Logger): AmqpTransport {
  if (amqp === undefined) throw new StartError("The config has no `amqp`, which several processes need");
  const { url, application, prefetch } = amqp;
  return createAmqpTransport({
    urls: typeof url === "string" ? [url] : url,
    node,
    log,
    ...(application === undefined ? {} : { application }),
    ...(prefetch === undefined ? {} : { prefetch }),
  });
}
