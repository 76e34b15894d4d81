import type { Stage } from "./stage/stage.js";

/** How often a direction is sent at most, and how often at least while somebody steers, in milliseconds. */
const shortest = 50;
const longest = 1_000;
/** A smaller change of direction is not worth a message, in radians. */
const leastTurn = 0.03;

/** By the key's place on the keyboard, so that WASD lie together on every layout. */
const keys: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  KeyW: [0, -1],
  ArrowDown: [0, 1],
  KeyS: [0, 1],
  ArrowLeft: [-1, 0],
  KeyA: [-1, 0],
  ArrowRight: [1, 0],
  KeyD: [1, 0],
};

/** What steering needs. */
export interface SteeringOptions {
  readonly canvas: HTMLCanvasElement;
  readonly stage: Stage;
  steer(heading: number): void;
}

/** Steers by pointer, touch and keys: whichever was used last. */
export class Steering {
  readonly #options: SteeringOptions;
  readonly #pressed = new Set<string>();
  #pointer: { readonly x: number; readonly y: number } | undefined;
  #sent = { heading: Number.NaN, time: 0 };

  constructor(options: SteeringOptions) {
    this.#options = options;
    const { canvas } = options;
    canvas.addEventListener("pointerdown", (event) => this.#point(event));
    canvas.addEventListener("pointermove", (event) => this.#point(event));
    canvas.addEventListener("pointerleave", () => this.#release());
    canvas.addEventListener("pointerup", (event) => event.pointerType !== "mouse" && this.#release());
    canvas.addEventListener("pointercancel", () => this.#release());
    addEventListener("keydown", (event) => this.#press(event));
    addEventListener("keyup", (event) => this.#pressed.delete(event.code));
    addEventListener("blur", () => this.#pressed.clear());
    setInterval(() => this.#send(), shortest);
  }

  #point(event: PointerEvent): void {
    this.#pointer = { x: event.clientX, y: event.clientY };
  }

  /** The ant goes on as it went. */
  #release(): void {
    this.#pointer = undefined;
  }

  #press(event: KeyboardEvent): void {
    if (!(event.code in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLOListElement) return;
    event.preventDefault();
    this.#pressed.add(event.code);
    this.#pointer = undefined;
  }

  #send(): void {
    const heading = this.#heading();
    if (heading === undefined) return;
    const now = performance.now();
    const turn = Math.abs(Math.sin((heading - this.#sent.heading) / 2)) * 2;
    if (turn < leastTurn && now - this.#sent.time < longest) return;
    this.#sent = { heading, time: now };
    this.#options.steer(heading);
  }

  #heading(): number | undefined {
    let x = 0;
    let y = 0;
    for (const code of this.#pressed) {
      const [dx, dy] = keys[code] ?? [0, 0];
      x += dx;
      y += dy;
    }
    if (x !== 0 || y !== 0) return Math.atan2(y, x);
    return this.#pointer && this.#options.stage.directionTo(this.#pointer.x, this.#pointer.y);
  }
}
