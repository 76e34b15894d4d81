import type { AmqpPlace } from "../../../sides/amqp-place.js";

/** Where caller and callee meet, and with which options. */
export interface Meeting extends AmqpPlace {
  /** As the documentation's first page has it, or with its options for speed. */
  readonly variant: "default" | "tuned";
}
