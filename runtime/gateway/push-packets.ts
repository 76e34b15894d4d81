import type { PushContract } from "../contract/push.js";
import { unpack } from "../wire/unpack.js";
import { encodePackedPublish, encodePublish, encodeTextPublish, type PublishQos } from "./publish-packet.js";
import type { PushChannel } from "./push-channels.js";

/** The packets of one push. Each is built once, and only if somebody wants it. */
export class PushPackets {
  readonly channel: PushChannel;
  readonly #value: PushValue;
  #plain: Buffer | undefined = undefined;
  #plainJson: Buffer | undefined = undefined;
  #identified: Buffer | undefined = undefined;
  #identifiedJson: Buffer | undefined = undefined;

  constructor(channel: PushChannel, value: PushValue) {
    this.channel = channel;
    this.#value = value;
  }

  /** With QoS 0, ready to be written. */
  plain(isJson: boolean): Buffer {
    if (isJson) {
      this.#plainJson ??= this.#value.inJson(0);
      return this.#plainJson;
    }
    this.#plain ??= this.#value.inMessagePack(0);
    return this.#plain;
  }

  /** With QoS 1, and without the identifier, which is another for each client. */
  identified(isJson: boolean): Buffer {
    if (isJson) {
      this.#identifiedJson ??= this.#value.inJson(1);
      return this.#identifiedJson;
    }
    this.#identified ??= this.#value.inMessagePack(1);
    return this.#identified;
  }
}

/** Builds the packets of one push, in the forms that clients ask for. */
export interface PushValue {
  inMessagePack(qos: PublishQos): Buffer;
  inJson(qos: PublishQos): Buffer;
}

/** A value that this node pushes. Throws `invalid-argument` where it does not fit its type. */
export class OwnValue implements PushValue {
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

  inMessagePack(qos: PublishQos): Buffer {
    return encodePublish(this.#channel.topic, this.#wire, qos);
  }

  inJson(qos: PublishQos): Buffer {
    // The copy is what JSON shows too: with numbers rounded to their format and unknown fields left out.
    return encodeJson(this.#channel, this.#contract.value.copy(this.#value), qos);
  }
}

/** A value that some node has packed. Only JSON needs to know what it is. */
export class PackedValue implements PushValue {
  readonly #channel: PushChannel;
  readonly #bytes: Uint8Array;

  constructor(channel: PushChannel, bytes: Uint8Array) {
    this.#channel = channel;
    this.#bytes = bytes;
  }

  inMessagePack(qos: PublishQos): Buffer {
    return encodePackedPublish(this.#channel.topic, this.#bytes, qos);
  }

  inJson(qos: PublishQos): Buffer {
    return encodeJson(this.#channel, this.#channel.route.push.value.read(unpack(this.#bytes)), qos);
  }
}

function encodeJson({ jsonTopic, route }: PushChannel, value: unknown, qos: PublishQos): Buffer {
  return encodeTextPublish(jsonTopic, JSON.stringify(route.value.toJson(value)), qos);
}
