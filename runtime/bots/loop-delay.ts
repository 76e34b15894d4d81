import type { RecordableHistogram } from "node:perf_hooks";
import { recordTime } from "./tally.js";

/** Milliseconds between two looks. */
const tick = 10;

/**
 * Records how late this thread's event loop comes to what is due, until the returned function is called. A loop
 * that stood still for a second was late for each of the hundred looks that fell into it.
 */
export function watchLoop(delays: RecordableHistogram): () => void {
  let due = performance.now() + tick;
  let timer = setTimeout(look, tick);
  function look(): void {
    const now = performance.now();
    for (; due <= now; due += tick) recordTime(delays, now - due);
    timer = setTimeout(look, due - now);
  }
  return () => clearTimeout(timer);
}
