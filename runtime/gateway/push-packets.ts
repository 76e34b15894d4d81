import type { PushContract } from "../contract/push.js";
import { unpack } from "../wire/msgpack.js";
import { encodePackedPublish, encodePublish, encodeTextPublish } from "./publish-packet.js";
import type { PushChannel } from "./push-channels.js";

/** Builds the packets of one push, in the forms that clients ask for. */
export interface PushPackets {
  inMessagePack(): Buffer;
  inJson(): Buffer;
}

/** The packets of a value that this node pushes. Throws `invalid-argument` where it does not fit its type. */
export class ValuePackets implements PushPackets {
  readonly #channel: PushChannel;
  readonly #contract: PushContract;
  readonly #value: unknown;
  readonly #wire: unknown;

  constructor(channel: PushChannel, contract: PushContract, value: unknown) {
    this.#channel = channel;
    this.#contract = contract;
    this.#value = value;
    // Also where nobody listens: a value that does not fit is a mistake at any time.
    this.#wire = contract.value.write(value);
  }

  inMessagePack(): Buffer {
    return encodePublish(this.#channel.topic, this.#wire);
  }

  inJson(): Buffer {
    // The copy is what JSON shows too: with numbers rounded to their format and unknown fields left out.
    return encodeJson(this.#channel, this.#contract.value.copy(this.#value));
  }
}

/** The packets of a value that some node has packed. Only JSON needs to know what it is. */
export class PackedPackets implements PushPackets {
  readonly #channel: PushChannel;
  readonly #bytes: Uint8Array;

  constructor(channel: PushChannel, bytes: Uint8Array) {
    this.#channel = channel;
    this.#bytes = bytes;
  }

  inMessagePack(): Buffer {
    return encodePackedPublish(this.#channel.topic, this.#bytes);
  }

  inJson(): Buffer {
    return encodeJson(this.#channel, this.#channel.route.push.value.read(unpack(this.#bytes)));
  }
}

function encodeJson({ jsonTopic, route }: PushChannel, value: unknown): Buffer {
  return encodeTextPublish(jsonTopic, JSON.stringify(route.value.toJson(value)));
}
