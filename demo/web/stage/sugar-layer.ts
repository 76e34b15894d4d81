import type { Frame } from "../../../idl/arena.js";
import type { World } from "../../game/world.js";
import type { Camera } from "./camera.js";
import { drawGlint } from "./glint.js";
import { grainRadius, SugarSprites } from "./sugar-sprites.js";

/** Seconds in which a new grain comes to its size. */
const growth = 0.35;
/** No grain and no glint is seen farther from its middle, in units of the field. */
const reach = 400;
/** A grain flashes while a slow wave of its own is above this. */
const flashLevel = 0.86;

/** The sugar on the field. Contexts have the field's units; times are in seconds. */
export class SugarLayer {
  readonly sprites = new SugarSprites();
  /** When grains appeared that are not yet at their size. */
  readonly #growing = new Map<number, number>();

  clear(): void {
    this.#growing.clear();
  }

  /** Takes in what a frame tells. The world has it already. */
  take(frame: Frame, time: number): void {
    for (const grain of frame.grown) this.#growing.set(grain.id, time);
  }

  draw(context: CanvasRenderingContext2D, camera: Camera, scene: { world: World; time: number }): void {
    const { world, time } = scene;
    for (const [id, since] of this.#growing) if (time - since > growth) this.#growing.delete(id);
    for (const grain of world.sugar.values()) {
      if (!camera.sees(grain.x, grain.y, reach)) continue;
      const since = this.#growing.get(grain.id);
      const share = since === undefined ? 1 : Math.max(0, (time - since) / growth);
      this.sprites.draw(context, grain, share * (2 - share));
    }
  }

  /** Every grain flashes for a moment now and then. */
  drawGlints(context: CanvasRenderingContext2D, camera: Camera, scene: { world: World; time: number }): void {
    context.fillStyle = "rgb(255 255 255)";
    for (const { id, x, y, worth } of scene.world.sugar.values()) {
      const wave = Math.sin(scene.time * (1.1 + (id % 7) * 0.13) + id * 2.4);
      if (wave < flashLevel || !camera.sees(x, y, reach)) continue;
      const strength = (wave - flashLevel) / (1 - flashLevel);
      const radius = grainRadius(worth);
      context.globalAlpha = strength;
      drawGlint(context, x - radius * 0.3, y - radius * 0.35, 40 + radius * (0.2 + 0.7 * strength));
    }
    context.globalAlpha = 1;
  }
}
