import type { Ant, Field, Frame, Step } from "../../../idl/arena.js";
import { mixAngles } from "../../game/heading.js";
import { ticksPerSecond } from "../../game/rules.js";
import { World } from "../../game/world.js";

const tickLength = 1_000 / ticksPerSecond;
/** The picture is that much behind the newest frame, in milliseconds, so that a late frame does not halt it. */
const delay = 100;
/** Frames that wait to be shown; more than these pile up only where nobody looks. */
const longestQueue = 40;

/** Where something is and looks to. */
export interface Pose {
  x: number;
  y: number;
  heading: number;
}

/** Plays the frames at an even pace, whatever pace they arrive at. Times are in milliseconds. */
export class Timeline {
  readonly world: World;
  readonly #queue: Frame[] = [];
  readonly #next = new Map<number, Step>();
  #newest: number;
  /** When tick 0 was, or would have been, by this clock. */
  #origin: number | undefined;
  #share = 0;

  constructor(field: Field) {
    this.world = new World(field);
    this.#newest = field.tick;
  }

  /** @returns false where frames before this one were lost: then only joining again helps */
  push(frame: Frame, now: number): boolean {
    if (frame.tick <= this.#newest) return true;
    if (frame.tick !== this.#newest + 1) return false;
    this.#newest = frame.tick;
    this.#queue.push(frame);
    this.#adjust(now - frame.tick * tickLength);
    if (this.#queue.length === 1) this.#lookAhead();
    while (this.#queue.length > longestQueue) this.#step();
    return true;
  }

  /** Goes on to a time, and returns the frames that were reached. */
  advance(now: number): Frame[] {
    if (this.#origin === undefined) return [];
    const position = (now - delay - this.#origin) / tickLength;
    const reached: Frame[] = [];
    for (let frame = this.#queue[0]; frame && frame.tick <= position; frame = this.#queue[0]) {
      this.#step();
      reached.push(frame);
    }
    this.#share = Math.min(1, Math.max(0, position - this.world.tick));
    return reached;
  }

  /** Where an ant is between the last frame that was reached and the next one. */
  pose(ant: Ant, pose: Pose): void {
    const next = this.#next.get(ant.id);
    const share = next ? this.#share : 0;
    pose.x = ant.x + ((next?.x ?? 0) - ant.x) * share;
    pose.y = ant.y + ((next?.y ?? 0) - ant.y) * share;
    pose.heading = next ? mixAngles(ant.heading, next.heading, share) : ant.heading;
  }

  #step(): void {
    const frame = this.#queue.shift();
    if (frame) this.world.apply(frame);
    this.#lookAhead();
  }

  #lookAhead(): void {
    this.#next.clear();
    for (const step of this.#queue[0]?.moved ?? []) this.#next.set(step.id, step);
  }

  /** A frame that comes early tells more about the pace than one that was held up on its way. */
  #adjust(origin: number): void {
    const error = origin - (this.#origin ?? origin);
    if (this.#origin === undefined || Math.abs(error) > 500) this.#origin = origin;
    else this.#origin += error * (error < 0 ? 0.25 : 0.02);
  }
}
