import { drawBlade, growBlades } from "./blade.js";

/** A tuft of the grass beyond the field, with the dark below it. */
export function paintThicket(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const shade = context.createRadialGradient(0, 0, 0, 0, 0, size);
  shade.addColorStop(0, "rgb(14 17 6 / 0.62)");
  shade.addColorStop(1, "rgb(14 17 6 / 0)");
  context.fillStyle = shade;
  context.fillRect(-size, -size, 2 * size, 2 * size);
  const blades = growBlades({ count: 11, lean: 0, spread: 7, length: size * 0.42, lightness: 11, random });
  for (const blade of blades) drawBlade(context, 0, 0, { blade, time: 0 });
}
