import type { Router } from "../call/router.js";
import type { PushContract } from "../contract/push.js";
import type { Audience, PackedPush, PackedPushSink, PushSink } from "../session/push-sink.js";
import { nodeOfSession } from "../session/session-id.js";
import { topicOf } from "../session/session-topics.js";
import type { NodeId } from "../transport/transport.js";
import { pack } from "../wire/pack.js";
import type { Broadcast } from "./broadcast.js";
import { antwireGatewayDeliver } from "./generated/contracts/antwire-gateway.js";
import { sendOneWay } from "./one-way.js";

/** What a node's pushes go through. */
export interface PushRouterOptions {
  readonly node: NodeId;
  /** The gateway of this node, if it has one. */
  readonly local?: PackedPushSink | undefined;
  /** Finds the gateways on other nodes. */
  readonly router: Router;
  readonly broadcast: Broadcast;
}

/** Takes what the modules of a node push to the gateways of all nodes. */
export function createPushRouter(options: PushRouterOptions): PushSink {
  return new PushRouter(options);
}

class PushRouter implements PushSink {
  readonly #options: PushRouterOptions;

  constructor(options: PushRouterOptions) {
    this.#options = options;
  }

  push(contract: PushContract, audience: Audience, value: unknown): void {
    if (audience.kind === "session") this.#pushToSession(contract, audience, value);
    else this.#pushToTopic(contract, audience, value);
  }

  #pushToSession(contract: PushContract, audience: Audience & { kind: "session" }, value: unknown): void {
    const { node, local, router } = this.#options;
    const holder = nodeOfSession(audience.id);
    if (holder === node && local !== undefined) {
      local.push(contract, audience, value);
      return;
    }
    const push = packPush(contract, audience, value);
    const gateway = holder === undefined ? undefined : router.find(antwireGatewayDeliver.module, holder);
    if (gateway !== undefined) sendOneWay(gateway, antwireGatewayDeliver, [push]);
  }

  #pushToTopic(contract: PushContract, audience: Audience, value: unknown): void {
    const { local, broadcast } = this.#options;
    const push = packPush(contract, audience, value);
    local?.deliver(push);
    broadcast.send(topicOf(audience), antwireGatewayDeliver, push);
  }
}

function packPush(contract: PushContract, audience: Audience, value: unknown): PackedPush {
  const packed = pack(contract.value.write(value));
  return { module: contract.module, name: contract.name, audience, value: packed };
}
