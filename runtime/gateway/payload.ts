import { enter, leave, refuse } from "../codec/refusal.js";
import type { MethodRoute } from "../contract/route.js";
import { nestsDeeper } from "../json/depth.js";
import { maxWireDepth, unpackArguments } from "../wire/unpack.js";

const openBracket = 0x5b;
const openBrace = 0x7b;

/** What a client sent with a PUBLISH: the bytes from `start` to `end`. */
export interface Payload {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Tells whether a payload is MessagePack. All others are JSON or nothing, and are answered in JSON. */
export function isMessagePack({ bytes, start, end }: Payload): boolean {
  const first = start < end ? bytes[start] : undefined;
  // The arrays, of which no form begins as JSON does.
  return first !== undefined && ((first >= 0x90 && first <= 0x9f) || first === 0xdc || first === 0xdd);
}

/** The arguments in a payload, checked. Throws `invalid-argument`. */
export function readArguments(route: MethodRoute, payload: Payload): readonly unknown[] {
  if (!isMessagePack(payload)) return route.method.args.copy(readJson(route, payload));
  enter("arguments");
  const wire = unpackArguments(payload.bytes, payload.start, payload.end);
  leave();
  return route.method.args.read(wire);
}

function readJson({ method, parameters }: MethodRoute, { bytes, start, end }: Payload): readonly unknown[] {
  const first = bytes[start];
  if (start === end) return parameters.map(() => undefined);
  if (first !== openBracket && first !== openBrace) {
    refuse("arguments", "a JSON array or object, or a MessagePack array");
  }
  const json = parse(bytes.toString("utf8", start, end));
  if (Array.isArray(json)) return parameters.map((form, i) => form.fromJson(json[i]));
  const byName = new Map(Object.entries(json));
  return method.parameters.map((name, i) => parameters[i]?.fromJson(byName.get(name)));
}

/** The array or object in a text that begins as one. */
function parse(text: string): object {
  if (nestsDeeper(text, maxWireDepth)) refuse("arguments", `JSON nested at most ${maxWireDepth} deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse("arguments", "well-formed JSON");
  }
}
