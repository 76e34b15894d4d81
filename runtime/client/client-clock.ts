import type { Clock } from "../clock/clock.js";

/** The time that a client goes by. */
export type ClientClock = Pick<Clock, "now" | "after" | "every">;

/** The platform's. Unlike the server's it keeps a Node process alive: a client that waits to come back is at work. */
export const platformClock: ClientClock = {
  now: () => performance.now(),
  after(milliseconds, step) {
    const timer = setTimeout(step, milliseconds);
    return () => clearTimeout(timer);
  },
  every(milliseconds, step) {
    const timer = setInterval(step, milliseconds);
    return () => clearInterval(timer);
  },
};
