import { build } from "hdr-histogram-js";
import { generate } from "mqtt-packet";
import { answer } from "../harness/answer.js";
import { connectLightly, type LightClient } from "./light-client.js";

/** Whom to connect to. */
export interface Target {
  readonly port: number;
  readonly connections: number;
}

/** Calls to make: each connection keeps `inFlight` of them under way. */
export interface Calls {
  /** `<Module>/<method>`. */
  readonly route: string;
  readonly payload: Uint8Array;
  readonly inFlight: number;
  readonly seconds: number;
}

/** What came of them. Percentiles are in microseconds. */
export interface CallsMade {
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const publishType = 0x30;
const firstId = "a".charCodeAt(0);
const clients: LightClient[] = [];

async function open({ port, connections }: Target): Promise<void> {
  for (let i = 0; i < connections; i++) clients.push(await connectLightly(port, `load-${i}`));
}

/** Calls until the time is over, and waits for the last answers. */
function call({ route, payload, inFlight, seconds }: Calls): Promise<CallsMade> {
  const histogram = build({ numberOfSignificantValueDigits: 3 });
  const requests = Array.from({ length: inFlight }, (_, slot) => request(route, slot, payload));
  const start = performance.now();
  const end = start + seconds * 1000;
  let calls = 0;
  let pending = 0;

  return new Promise((resolve, reject) => {
    for (const client of clients) {
      const sentAt = requests.map(() => start);
      let next: Buffer[] = [];
      client.onPacket = (first, bytes, body, packetEnd) => {
        // The topic is `re/` and one character, after two bytes of length.
        const slot = (bytes[body + 5] ?? 0) - firstId;
        const again = requests[slot];
        if (first !== publishType || again === undefined || isFailure(bytes, body + 6)) {
          reject(new Error(`an answer was no result: ${bytes.toString("latin1", body, packetEnd)}`));
          return;
        }
        const now = performance.now();
        histogram.recordValue(Math.round((now - (sentAt[slot] ?? now)) * 1000));
        calls++;
        pending--;
        if (now >= end) return;
        sentAt[slot] = now;
        next.push(again);
      };
      client.onChunkEnd = () => {
        pending += next.length;
        if (next.length > 0) client.socket.write(Buffer.concat(next));
        else if (pending === 0) resolve(summary());
        next = [];
      };
      pending += inFlight;
      client.socket.write(Buffer.concat(requests));
    }
    const summary = (): CallsMade => ({
      calls,
      callsPerSecond: (calls * 1000) / (performance.now() - start),
      p50: histogram.getValueAtPercentile(50),
      p99: histogram.getValueAtPercentile(99),
    });
  });
}

function request(route: string, slot: number, payload: Uint8Array): Buffer {
  const topic = `rpc/${route}/${String.fromCharCode(firstId + slot)}`;
  return generate({
    cmd: "publish",
    topic,
    payload: Buffer.from(payload),
    qos: 0,
    dup: false,
    retain: false,
  });
}

/** Whether a payload is `[1, code, message, details?]`. */
function isFailure(bytes: Buffer, payload: number): boolean {
  return (bytes[payload] === 0x93 || bytes[payload] === 0x94) && bytes[payload + 1] === 1;
}

let heard = 0;
let expected = Number.POSITIVE_INFINITY;
let onAllHeard: () => void = () => {};

/** Makes every connection one that hears pushes: a call that asks for them, and a subscription. */
async function listen({ route, topic }: { route: string; topic: string }): Promise<void> {
  const subscription = generate({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic, qos: 0 }] });
  const nothing = Buffer.from([0x90]);
  for (const client of clients) {
    await new Promise<void>((resolve) => {
      let answers = 0;
      client.onPacket = () => {
        if (++answers === 2) resolve();
      };
      client.socket.write(Buffer.concat([request(route, 0, nothing), subscription]));
    });
    client.onPacket = () => {
      if (++heard === expected) onAllHeard();
    };
  }
}

/** Resolves once every connection has heard so many pushes altogether. */
function hear(pushes: number): Promise<void> {
  expected = pushes * clients.length;
  return new Promise((resolve) => {
    onAllHeard = resolve;
    if (heard === expected) resolve();
  });
}

answer({ open, call, listen, hear });
