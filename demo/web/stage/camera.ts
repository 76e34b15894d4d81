/** How much ground lies around the field within the camera's sight, in units of the field: room for the panels. */
export const surroundingsX = 2_100;
export const surroundingsY = 1_400;

/** How fast the camera catches up with what it follows, in shares of the distance per second. */
const stiffness = 7;

/** What part of the ground is on the screen. Lengths on the screen are in CSS pixels. */
export class Camera {
  /** The point in the middle of the screen, in units of the field. */
  x = 0;
  y = 0;
  /** Pixels per unit. */
  scale = 0.1;
  width = 1;
  height = 1;
  #fieldWidth = 1;
  #fieldHeight = 1;
  #settled = false;

  /** Points the camera at another field. It jumps to what it follows next. */
  aim(fieldWidth: number, fieldHeight: number): void {
    this.#fieldWidth = fieldWidth;
    this.#fieldHeight = fieldHeight;
    this.#settled = false;
  }

  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.scale = Math.min(0.16, Math.max(0.082, Math.sqrt(width * height) / 9_200));
    this.#settled = false;
  }

  follow(x: number, y: number, seconds: number): void {
    const share = this.#settled ? 1 - Math.exp(-stiffness * seconds) : 1;
    this.#settled = true;
    this.x = clamp(this.x + (x - this.x) * share, this.width / 2 / this.scale, {
      low: -surroundingsX,
      high: this.#fieldWidth + surroundingsX,
    });
    this.y = clamp(this.y + (y - this.y) * share, this.height / 2 / this.scale, {
      low: -surroundingsY,
      high: this.#fieldHeight + surroundingsY,
    });
  }

  /** Where a place on the field is on the screen. */
  screenX(x: number): number {
    return (x - this.x) * this.scale + this.width / 2;
  }

  screenY(y: number): number {
    return (y - this.y) * this.scale + this.height / 2;
  }

  /** Whether something of that radius can be seen, in units of the field. */
  sees(x: number, y: number, radius: number): boolean {
    return (
      Math.abs(x - this.x) < this.width / 2 / this.scale + radius &&
      Math.abs(y - this.y) < this.height / 2 / this.scale + radius
    );
  }
}

/** Keeps the middle of the screen so that no more than the surroundings come into sight. */
function clamp(middle: number, half: number, sight: { low: number; high: number }): number {
  const low = sight.low + half;
  const high = sight.high - half;
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, middle));
}
