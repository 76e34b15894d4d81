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
