import type { Camera } from "./camera.js";
import { type Blade, drawBlade, growBlades } from "./scenery/blade.js";
import { seededRandom } from "./seeded-random.js";

interface Tuft {
  readonly x: number;
  readonly y: number;
  readonly blades: readonly Blade[];
}

const spacing = 300;
/** No blade of the fringe reaches farther. */
const reach = 1_300;

/** The fringe of the grass around the field. It hangs over the ants that walk along the edge, and sways. */
export class Grass {
  readonly #tufts: readonly Tuft[];

  constructor(width: number, height: number) {
    const random = seededRandom(77);
    const tufts: Tuft[] = [];
    const grow = (x: number, y: number, lean: number) => {
      const blades = growBlades({ count: 5, lean, spread: 2.2, length: 480, lightness: 17, random });
      tufts.push({ x, y, blades });
    };
    const back = () => 230 + random() * 260;
    for (let x = -spacing; x < width + spacing; x += spacing * (0.6 + random() * 0.8)) {
      grow(x, -back(), Math.PI / 2);
      grow(x, height + back(), -Math.PI / 2);
    }
    for (let y = -spacing; y < height + spacing; y += spacing * (0.6 + random() * 0.8)) {
      grow(-back(), y, 0);
      grow(width + back(), y, Math.PI);
    }
    this.#tufts = tufts;
  }

  /**
   * Draws what the camera sees, in units of the field.
   *
   * @param time in seconds; the grass sways with it
   */
  draw(context: CanvasRenderingContext2D, camera: Camera, time: number): void {
    for (const { x, y, blades } of this.#tufts) {
      if (!camera.sees(x, y, reach)) continue;
      for (const blade of blades) drawBlade(context, x, y, { blade, time });
    }
  }
}
