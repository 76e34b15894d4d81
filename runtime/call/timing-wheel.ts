import type { Clock } from "../clock/clock.js";

/** What a timing wheel holds. The links are the wheel's own: an entry costs no allocation. */
export interface WheelEntry {
  previous: WheelEntry | undefined;
  next: WheelEntry | undefined;
  /** Milliseconds from being added to expiring. */
  readonly timeout: number;
  /** The time of expiring by the wheel's clock; 0 until the wheel fixes it. */
  expiresAt: number;
  /** Runs once, unless the entry was removed before. */
  expire(): void;
}

/** What a wheel needs of a clock. */
export type WheelClock = Pick<Clock, "now" | "wallTime" | "every">;

/** Between two looks at the wheel, in milliseconds. */
export const wheelTick = 10;

// One turn takes 10.24 seconds, so that a call with the default deadline is seen once before it expires.
const slotCount = 1024;

/**
 * Deadlines without a timer for each. Nothing expires early, nor more than three ticks late while the event
 * loop runs.
 *
 * An entry is added without a look at the clock, which costs as much as a third of a short call: it waits
 * in `fresh`, and gets its time and its slot when the next tick finds it still there. Most calls have ended
 * by then. So when the event loop was blocked, calls made just before still have their whole time, in which
 * answers that wait in sockets are read.
 */
export class TimingWheel {
  readonly #clock: WheelClock;
  readonly #fresh = emptyList();
  readonly #due = emptyList();
  readonly #slots = Array.from({ length: slotCount }, emptyList);
  #size = 0;
  /** The last tick that was handled, counted from the clock's zero. */
  #reached = 0;
  #stopClock: (() => void) | undefined = undefined;

  constructor(clock: WheelClock) {
    this.#clock = clock;
  }

  add(entry: WheelEntry): void {
    prepend(this.#fresh, entry);
    this.#size++;
    if (this.#stopClock === undefined) this.#start();
  }

  /** Takes an entry out. Does nothing to one that is not in. */
  remove(entry: WheelEntry): void {
    if (entry.previous === undefined) return;
    unlink(entry);
    this.#size--;
  }

  /** The time that the wheel goes by, in milliseconds. */
  now(): number {
    return this.#clock.now();
  }

  /** The time outside, in milliseconds since the epoch. */
  wallTime(): number {
    return this.#clock.wallTime();
  }

  /** Milliseconds until an entry expires, negative when that time has passed. */
  left(entry: WheelEntry): number {
    const now = this.#clock.now();
    if (entry.expiresAt > 0) return entry.expiresAt - now;
    entry.expiresAt = now + entry.timeout;
    // The difference of the sums would be rounded.
    return entry.timeout;
  }

  /** Gives what was added since the last tick its time now, for a clock that is about to jump. */
  fix(): void {
    this.#place(this.#clock.now());
  }

  /** Lets everything expire before its time, by another step than its own. */
  clear(expire: (entry: WheelEntry) => void): void {
    for (const slot of this.#slots) moveAll(slot, this.#due);
    moveAll(this.#fresh, this.#due);
    this.#empty(expire);
  }

  #start(): void {
    this.#reached = Math.floor(this.#clock.now() / wheelTick);
    this.#stopClock = this.#clock.every(wheelTick, () => this.#turn());
  }

  #turn(): void {
    const now = this.#clock.now();
    const reached = Math.floor(now / wheelTick);
    // After a long block one round covers every slot.
    const first = Math.max(this.#reached + 1, reached - slotCount + 1);
    for (let tick = first; tick <= reached; tick++) this.#collect(this.#slotOf(tick), now);
    this.#reached = reached;
    this.#place(now);
    this.#empty((entry) => entry.expire());
    // Only here, not as the last entry goes: one call after the other must not make a timer each.
    if (this.#size === 0) {
      this.#stopClock?.();
      this.#stopClock = undefined;
    }
  }

  /** Takes what is due out of a slot. The rest is there for a later round. */
  #collect(slot: WheelEntry, now: number): void {
    let entry = slot.next;
    while (entry !== undefined) {
      const following: WheelEntry | undefined = entry.next;
      if (entry.expiresAt <= now) move(entry, this.#due);
      entry = following;
    }
  }

  #place(now: number): void {
    for (let entry = this.#fresh.next; entry !== undefined; entry = this.#fresh.next) {
      if (entry.expiresAt === 0) entry.expiresAt = now + entry.timeout;
      const tick = Math.ceil(entry.expiresAt / wheelTick);
      move(entry, tick <= this.#reached ? this.#due : this.#slotOf(tick));
    }
  }

  /** From the front, one after the other, because an entry that expires may remove others. */
  #empty(expire: (entry: WheelEntry) => void): void {
    for (let entry = this.#due.next; entry !== undefined; entry = this.#due.next) {
      this.remove(entry);
      expire(entry);
    }
  }

  #slotOf(tick: number): WheelEntry {
    // The mask keeps the index within the array.
    return this.#slots[tick & (slotCount - 1)] as WheelEntry;
  }
}

/** What stands before the first entry of a list. A list ends with undefined. */
function emptyList(): WheelEntry {
  return { previous: undefined, next: undefined, timeout: 0, expiresAt: 0, expire() {} };
}

// To the front: only the head is older than the entry then, and a store into an old object is what costs.
function prepend(head: WheelEntry, entry: WheelEntry): void {
  const following = head.next;
  entry.previous = head;
  entry.next = following;
  if (following !== undefined) following.previous = entry;
  head.next = entry;
}

function unlink(entry: WheelEntry): void {
  const { previous, next } = entry;
  if (previous !== undefined) previous.next = next;
  if (next !== undefined) next.previous = previous;
  entry.previous = undefined;
  entry.next = undefined;
}

function move(entry: WheelEntry, head: WheelEntry): void {
  unlink(entry);
  prepend(head, entry);
}

function moveAll(from: WheelEntry, to: WheelEntry): void {
  for (let entry = from.next; entry !== undefined; entry = from.next) move(entry, to);
}
