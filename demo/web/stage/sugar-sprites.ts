import { shadowX, shadowY } from "./scenery/light.js";
import { seededRandom } from "./seeded-random.js";
import { createSheet } from "./sheet.js";

const variants = 6;

/** What the picture of a grain depends on. */
interface Grain {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly worth: number;
}

/** Half the width of a grain, in units of the field. */
export function grainRadius(worth: number): number {
  if (worth >= 10) return 150;
  return worth >= 3 ? 92 : 58;
}

/** Pictures of grains, painted once for each size on the screen. */
export class SugarSprites {
  readonly #sprites = new Map<number, HTMLCanvasElement>();
  #pixelsPerUnit = 0;

  /** Draws a grain in a context whose units are those of the field. */
  draw(context: CanvasRenderingContext2D, grain: Grain, scale: number): void {
    const half = grainRadius(grain.worth) * 2.4 * scale;
    const sprite = this.#sprite(grain);
    context.drawImage(sprite, grain.x - half, grain.y - half, 2 * half, 2 * half);
  }

  /** @param pixelsPerUnit pixels of the screen for each unit of the field */
  resize(pixelsPerUnit: number): void {
    if (pixelsPerUnit === this.#pixelsPerUnit) return;
    this.#pixelsPerUnit = pixelsPerUnit;
    this.#sprites.clear();
  }

  #sprite(grain: Grain): HTMLCanvasElement {
    const key = grain.worth * variants + (grain.id % variants);
    const known = this.#sprites.get(key);
    if (known) return known;
    const radius = grainRadius(grain.worth);
    const half = radius * 2.4 * this.#pixelsPerUnit;
    const context = createSheet(half * 2, half * 2);
    context.translate(context.canvas.width / 2, context.canvas.height / 2);
    context.scale(this.#pixelsPerUnit, this.#pixelsPerUnit);
    paintGrain(context, radius, { worth: grain.worth, random: seededRandom(key * 7_919 + 5) });
    this.#sprites.set(key, context.canvas);
    return context.canvas;
  }
}

interface GrainLook {
  readonly worth: number;
  random(): number;
}

function paintGrain(context: CanvasRenderingContext2D, radius: number, look: GrainLook): void {
  const glow = context.createRadialGradient(0, 0, radius * 0.3, 0, 0, radius * 2.3);
  const warm = look.worth >= 10;
  glow.addColorStop(0, warm ? "rgb(255 214 140 / 0.5)" : "rgb(226 240 255 / 0.3)");
  glow.addColorStop(1, "rgb(226 240 255 / 0)");
  context.fillStyle = glow;
  context.fillRect(-radius * 2.4, -radius * 2.4, radius * 4.8, radius * 4.8);

  context.fillStyle = "rgb(8 4 2 / 0.42)";
  context.beginPath();
  context.ellipse(shadowX * radius * 0.55, shadowY * radius * 0.75, radius, radius * 0.75, 0.3, 0, 7);
  context.fill();

  // A lump is cubes in a ring and one on top of them.
  const cubes = look.worth >= 10 ? 5 : look.worth >= 3 ? 2 : 1;
  for (let i = 0; i < cubes; i++) {
    const onTop = i === cubes - 1;
    const angle = ((i + look.random() * 0.5) / Math.max(1, cubes - 1)) * 2 * Math.PI;
    const distance = cubes === 1 ? 0 : onTop ? radius * 0.08 : radius * 0.5;
    context.save();
    context.translate(Math.cos(angle) * distance, Math.sin(angle) * distance);
    paintCube(context, radius * (cubes === 1 ? 0.95 : onTop ? 0.68 : 0.52), { ...look, warm });
    context.restore();
  }
}

/** A cube seen from above, a little aslant. */
function paintCube(
  context: CanvasRenderingContext2D,
  radius: number,
  look: { warm: boolean; random(): number },
): void {
  const turn = look.random() * 2 * Math.PI;
  const corner = (i: number, reach: number): [number, number] => {
    const angle = turn + (i / 6) * 2 * Math.PI;
    return [Math.cos(angle) * radius * reach, Math.sin(angle) * radius * reach];
  };
  for (let face = 0; face < 3; face++) {
    const middle = turn + ((face * 2 + 1) / 6) * 2 * Math.PI;
    const lit = -(Math.cos(middle) * shadowX + Math.sin(middle) * shadowY) * 0.5 + 0.5;
    const lightness = 66 + 32 * lit;
    context.fillStyle = look.warm
      ? `hsl(${36 + 8 * lit} ${88 - 30 * lit}% ${lightness - 6}%)`
      : `hsl(${212 - 14 * lit} ${36 + 14 * lit}% ${lightness}%)`;
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(...corner(face * 2, 1));
    context.lineTo(...corner(face * 2 + 1, 1));
    context.lineTo(...corner(face * 2 + 2, 1));
    context.closePath();
    context.fill();
  }
  context.strokeStyle = "rgb(255 255 255 / 0.75)";
  context.lineWidth = radius * 0.07;
  context.lineJoin = "round";
  context.beginPath();
  for (let i = 0; i < 3; i++) {
    context.moveTo(0, 0);
    context.lineTo(...corner(i * 2, 0.94));
  }
  context.stroke();
  context.strokeStyle = look.warm ? "rgb(120 66 12 / 0.55)" : "rgb(70 84 116 / 0.5)";
  context.lineWidth = radius * 0.06;
  context.beginPath();
  for (let i = 0; i < 6; i++) context.lineTo(...corner(i, 1));
  context.closePath();
  context.stroke();
}
