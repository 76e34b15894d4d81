import type { PushContract } from "../contract/push.js";

/** Whom a push goes to. */
export type Audience =
  | { readonly kind: "session"; readonly id: string }
  | { readonly kind: "user"; readonly id: string }
  | { readonly kind: "group"; readonly id: string }
  | { readonly kind: "all" };

/** Where pushes leave the modules. The gateway is one; it encodes a value once for the whole audience. */
export interface PushSink {
  /** Throws `invalid-argument` where the value does not fit its type. */
  push(contract: PushContract, audience: Audience, value: unknown): void;
}

/** A push as it goes from node to node: its value in MessagePack, packed once by the node that pushes it. */
export interface PackedPush {
  readonly module: string;
  /** The push's name in its module. */
  readonly name: string;
  readonly audience: Audience;
  readonly value: Uint8Array;
}

/** Where pushes of all nodes reach clients. */
export interface PackedPushSink extends PushSink {
  /** Throws `not-found` where this node does not know the push. */
  deliver(push: PackedPush): void;
}
