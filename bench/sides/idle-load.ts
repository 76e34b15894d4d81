import { answer } from "../harness/answer.js";
import { connectLightly } from "./light-client.js";

/** Connections to make, that say nothing after their CONNECT. */
export interface IdleTarget {
  readonly port: number;
  readonly connections: number;
}

/** How they came in. Times are in microseconds. */
export interface IdleConnected {
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

/** Loopback addresses that take turns: one alone has too few ports where many connections have just closed. */
const addresses = 8;

/** Connections under way at a time, well below what a listening socket keeps waiting. */
const atOnce = 100;

async function open({ port, connections }: IdleTarget): Promise<IdleConnected> {
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  const openOneByOne = async () => {
    while (next < connections) {
      const before = performance.now();
      await openOne(port, next++);
      times.push((performance.now() - before) * 1000);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, openOneByOne));
  times.sort((a, b) => a - b);
  return {
    seconds: (performance.now() - began) / 1000,
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

async function openOne(port: number, index: number): Promise<void> {
  // Only Linux has several on loopback.
  const localAddress = process.platform === "linux" ? `127.0.0.${2 + (index % addresses)}` : "127.0.0.1";
  // Each its own, because elsewhere a client id is an identity.
  await connectLightly(port, `idle-${index}`, localAddress);
}

answer({ open });
