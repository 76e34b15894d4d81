import { createHash } from "node:crypto";
import type { Address } from "../transport/transport.js";
import type { AmqpSettings } from "./amqp-options.js";
import { BrokerError } from "./broker-error.js";

/** How a message gets to an address. */
export interface Route {
  /** Differs from that of all other routes. */
  readonly id: string;
  readonly address: Address;
  /** The one with no name takes a message to the queue that its key names. */
  readonly exchange: string;
  readonly key: string;
  /** Whether a message comes back when nobody takes it. */
  readonly mandatory: boolean;
}

/** What things are called on the broker. */
export interface Names {
  /** The exchange that knows nodes by their ids. */
  readonly nodes: string;
  /** The exchange that knows who listens to which topic. */
  readonly topics: string;
  /**
   * The queue of this node. Each connection has another, because the broker may still hold the queue of the last
   * one, whose death it has not noticed.
   */
  nodeQueue(epoch: number): string;
  moduleQueue(module: string): string;
  topicKey(topic: string): string;
  routeTo(address: Address): Route;
  /** The address of a message that came back. Topics do not. */
  addressOf(exchange: string, key: string): Address;
}

/** What routes are told apart by. */
export function routeId(exchange: string, key: string): string {
  return `${exchange} ${key}`;
}

// The protocol's limit of 255 bytes for names and keys, less what is put before and after.
const longestName = 128;

/** The names of an application. Throws a {@link BrokerError} when it has one that cannot begin a name. */
export function createNames({ application, node }: AmqpSettings): Names {
  // Names that begin with `amq.` are the broker's own.
  if (!/^[\w-]{1,64}$/.test(application) || application === "amq") {
    throw new BrokerError(
      `"${application}" cannot name an application on a broker: take up to 64 letters, digits, _ and -`,
    );
  }
  const nodes = `${application}.nodes`;
  const topics = `${application}.topics`;
  const modulePrefix = `${application}.module.`;
  const names: Names = {
    nodes,
    topics,
    nodeQueue: (epoch) => `${application}.node.${checkLength(node)}.${epoch}`,
    moduleQueue: (module) => modulePrefix + checkLength(module),
    topicKey: encodeTopic,
    routeTo(address) {
      switch (address.kind) {
        case "module":
          return route({ address, exchange: "", key: names.moduleQueue(address.module), mandatory: true });
        case "node":
          return route({ address, exchange: nodes, key: checkLength(address.node), mandatory: true });
        case "topic":
          return route({ address, exchange: topics, key: encodeTopic(address.topic), mandatory: false });
      }
    },
    addressOf: (exchange, key) =>
      exchange === nodes
        ? { kind: "node", node: key }
        : { kind: "module", module: key.slice(modulePrefix.length) },
  };
  return names;
}

function route(parts: Omit<Route, "id">): Route {
  return { id: routeId(parts.exchange, parts.key), ...parts };
}

function checkLength(name: string): string {
  if (Buffer.byteLength(name) > longestName)
    throw new RangeError(`"${name}" is longer than ${longestName} bytes.`);
  return name;
}

/** Topics may be longer than a key. Two have the same key only if a hash fails; what begins like a hash becomes one. */
function encodeTopic(topic: string): string {
  if (topic.length <= longestName && Buffer.byteLength(topic) <= longestName && !topic.startsWith("#"))
    return topic;
  return `#${createHash("sha256").update(topic).digest("base64url")}`;
}
