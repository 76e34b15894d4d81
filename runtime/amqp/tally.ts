import type { AmqpSettings } from "./amqp-options.js";
import type { Message } from "./message.js";

/** What an object and its place in a queue cost beside the bytes. */
const overhead = 256;

/** Counts what waits for the broker, and knows when that is too much. */
export class Tally {
  readonly #mostBytes: number;
  readonly #mostFrames: number;
  #bytes = 0;
  #frames = 0;

  constructor({ maxWaitingBytes, maxWaitingFrames }: AmqpSettings) {
    this.#mostBytes = maxWaitingBytes;
    this.#mostFrames = maxWaitingFrames;
  }

  /** Whether a message may wait with the others. */
  hasRoomFor(message: Message): boolean {
    return this.#bytes + weigh(message) <= this.#mostBytes && this.hasRoomForFrames(message.frames);
  }

  hasRoomForFrames(frames: number): boolean {
    return this.#frames + frames <= this.#mostFrames;
  }

  enter(message: Message): void {
    this.#bytes += weigh(message);
    this.#frames += message.frames;
  }

  leave(message: Message): void {
    this.#bytes -= weigh(message);
    this.#frames -= message.frames;
  }

  /** All have left. */
  clear(): void {
    this.#bytes = 0;
    this.#frames = 0;
  }
}

function weigh({ body }: Message): number {
  return body.length + overhead;
}
