import { type Payload, readArguments } from "../../runtime/gateway/payload.js";
import { pack } from "../../runtime/wire/pack.js";
import { unpackArguments } from "../../runtime/wire/unpack.js";
import type { Subject } from "./load-subjects.js";

// As values come from strangers: clients' arguments through the gateway's own door, and whatever else has
// a codec by the same steps.

/** What a codec wrote, as bytes. */
export function toBytes({ route }: Subject, wire: unknown): Uint8Array {
  // A message is an array, as the arguments are.
  return pack(route === undefined ? [wire] : wire);
}

export function fromBytes({ route, codec }: Subject, bytes: Uint8Array): unknown {
  if (route !== undefined) return readArguments(route, payloadOf(bytes));
  return codec.read((unpackArguments(bytes, 0, bytes.length) as unknown[])[0]);
}

/** A value in JSON; arguments by the names of their parameters. */
export function toJson({ route, form }: Subject, value: unknown): string {
  if (route === undefined) return JSON.stringify(form?.toJson(value) ?? null);
  const args = value as unknown[];
  const named = route.method.parameters.map((name, i) => [name, route.parameters[i]?.toJson(args[i])]);
  return JSON.stringify(Object.fromEntries(named));
}

export function fromJson({ route, form, codec }: Subject, text: string): unknown {
  if (route !== undefined) return readArguments(route, payloadOf(Buffer.from(text)));
  return codec.copy(form?.fromJson(JSON.parse(text)));
}

/** What a client sent, between the other bytes of its packets, which nobody may touch. */
function payloadOf(bytes: Uint8Array): Payload {
  const others = Buffer.alloc(20, 0xc1);
  return {
    bytes: Buffer.concat([others, bytes, others]),
    start: others.length,
    end: others.length + bytes.length,
  };
}
