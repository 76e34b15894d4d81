import { randomBytes } from "node:crypto";
import type { AmqpOptions } from "../../runtime/amqp/amqp-options.js";
import { type AmqpTransport, createAmqpTransport } from "../../runtime/amqp/amqp-transport.js";
import type { Address, Delivery, Frame, Undelivered } from "../../runtime/transport/transport.js";
import { eventually } from "./eventually.js";

/** A frame that came. */
export interface Received {
  readonly frame: Frame;
  readonly delivery: Delivery;
}

/** A frame that came back. */
export interface Returned {
  readonly frame: Frame;
  readonly address: Address;
  readonly why: Undelivered;
}

/** A node that does nothing but remember what it hears. */
export interface Node {
  readonly id: string;
  readonly transport: AmqpTransport;
  readonly received: Received[];
  readonly returned: Returned[];
  readonly logged: string[];
  interruptions: number;
  /** Called for each frame. By default it is done with at once. */
  onFrame: (frame: Frame, delivery: Delivery) => void;
  onInterrupted: () => void;
  send(address: Address, frame: Frame, lifetime?: number): void;
  /** Resolves when that many frames have come in all. */
  has(count: number): Promise<void>;
  /** The frames that came, in order. */
  frames(): Frame[];
}

/** Another name for each file of tests, so that none meets what another has left. */
export function freshApplication(): string {
  return `test-${randomBytes(4).toString("hex")}`;
}

const made: Node[] = [];

/** Closes all nodes that a test has made. */
export async function closeNodes(): Promise<void> {
  await Promise.all(made.splice(0).map(({ transport }) => transport.close()));
}

/** Makes a node and waits until it is connected. */
export async function startNode(options: Partial<AmqpOptions> & Pick<AmqpOptions, "urls">): Promise<Node> {
  const node = makeNode(options);
  listen(node);
  await node.transport.ready;
  return node;
}

/** Makes a node that does not connect yet. */
export function makeNode(options: Partial<AmqpOptions> & Pick<AmqpOptions, "urls">): Node {
  const id = options.node ?? `node.${randomBytes(4).toString("hex")}`;
  const logged: string[] = [];
  const log = {
    info: (line: string) => logged.push(`info ${line}`),
    warn: (line: string) => logged.push(`warn ${line}`),
    error: (line: string) => logged.push(`error ${line}`),
  };
  const transport = createAmqpTransport({ node: id, log, settlingTime: 0, ...options });
  const received: Received[] = [];
  const node: Node = {
    id,
    transport,
    received,
    returned: [],
    logged,
    interruptions: 0,
    onFrame: (_frame, delivery) => delivery.done(),
    onInterrupted: () => {},
    send: (address, frame, lifetime = 10_000) => transport.lane(address).send(frame, lifetime),
    has: (count) => eventually(() => received.length >= count, `${count} frames to come`),
    frames: () => received.map(({ frame }) => frame),
  };
  made.push(node);
  return node;
}

/** Lets a node connect. */
export function listen(node: Node): void {
  node.transport.listen({
    onFrame(frame, delivery) {
      node.received.push({ frame, delivery });
      node.onFrame(frame, delivery);
    },
    onUndelivered: (frame, address, why) => node.returned.push({ frame, address, why }),
    onInterrupted() {
      node.interruptions++;
      node.onInterrupted();
    },
    onNodeGone() {},
  });
}
