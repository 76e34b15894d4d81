import type { MqttDelivery } from "./mqtt.js";

/** What a server sends to a client that asks for QoS 0 and 1. */
export type ServerPacket =
  | { readonly kind: "connack"; readonly sessionPresent: boolean; readonly code: number }
  | {
      readonly kind: "publish";
      readonly topic: string;
      readonly payload: Uint8Array;
      /** undefined with QoS 0. */
      readonly delivery: MqttDelivery | undefined;
    }
  | { readonly kind: "suback"; readonly id: number; readonly codes: Uint8Array }
  | { readonly kind: "unsuback"; readonly id: number }
  | { readonly kind: "pingresp" };

/** Types of MQTT 3.1.1 packets, as they stand in the upper half of the first byte [MQTT 2.2.1]. */
export const packetType = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  unsuback: 11,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14,
} as const;
