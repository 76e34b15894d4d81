import { drawGlint } from "./glint.js";

const floaterLife = 1.1;
const popLife = 0.5;
const shards = 7;
/** More than that at once nobody can tell apart. */
const maxEffects = 80;

interface Effect {
  readonly x: number;
  readonly y: number;
  readonly worth: number;
  readonly hue: number;
  /** Whether it is about the player's own ant. */
  readonly own: boolean;
  readonly turn: number;
  /** In seconds. */
  age: number;
}

/** What is seen where an ant takes a grain: a small burst, and the points going up. */
export class Effects {
  readonly #effects: Effect[] = [];

  add(effect: Omit<Effect, "age" | "turn">): void {
    this.#effects.push({ ...effect, age: 0, turn: Math.random() * Math.PI });
    if (this.#effects.length > maxEffects) this.#effects.shift();
  }

  clear(): void {
    this.#effects.length = 0;
  }

  advance(seconds: number): void {
    for (const effect of this.#effects) effect.age += seconds;
    while (this.#effects[0] && this.#effects[0].age > floaterLife) this.#effects.shift();
  }

  /** Draws the bursts, in units of the field. */
  drawPops(context: CanvasRenderingContext2D): void {
    for (const effect of this.#effects) {
      const share = effect.age / popLife;
      if (share >= 1) continue;
      const size = 150 + 20 * Math.min(10, effect.worth);
      const out = 1 - (1 - share) ** 3;
      context.globalAlpha = (1 - share) * (effect.own ? 0.95 : 0.55);
      context.strokeStyle = effect.worth >= 10 ? "rgb(255 214 140)" : "rgb(240 247 255)";
      context.lineWidth = 26 * (1 - share);
      context.beginPath();
      context.arc(effect.x, effect.y, size * (0.3 + out), 0, 2 * Math.PI);
      context.stroke();
      context.fillStyle = context.strokeStyle;
      for (let i = 0; i < shards; i++) {
        const angle = effect.turn + (i / shards) * 2 * Math.PI;
        const distance = size * (0.4 + 1.3 * out);
        drawGlint(
          context,
          effect.x + Math.cos(angle) * distance,
          effect.y + Math.sin(angle) * distance,
          46 * (1 - share),
        );
      }
    }
    context.globalAlpha = 1;
  }

  /** Writes the points, at places that `place` turns into pixels. */
  drawFloaters(context: CanvasRenderingContext2D, place: (x: number, y: number) => [number, number]): void {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const effect of this.#effects) {
      const share = effect.age / floaterLife;
      if (share >= 1) continue;
      const [x, y] = place(effect.x, effect.y);
      const rise = 16 + 34 * (1 - (1 - share) ** 2);
      const size = (effect.own ? 20 : 14) + (effect.worth >= 10 ? 6 : 0);
      context.globalAlpha = Math.min(1, 2.4 * (1 - share)) * (effect.own ? 1 : 0.8);
      context.font = `800 ${size}px ${fontFamily}`;
      context.lineWidth = 4;
      context.strokeStyle = "rgb(24 13 6 / 0.8)";
      context.strokeText(`+${effect.worth}`, x, y - rise);
      context.fillStyle = effect.own ? "#ffd98a" : `hsl(${effect.hue} 80% 82%)`;
      context.fillText(`+${effect.worth}`, x, y - rise);
    }
    context.globalAlpha = 1;
  }
}

/** The same as the page's. */
export const fontFamily =
  '"Nunito", "Quicksand", ui-rounded, "SF Pro Rounded", "Segoe UI", system-ui, sans-serif';
