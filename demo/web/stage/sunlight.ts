import { seededRandom } from "./seeded-random.js";
import { createSheet } from "./sheet.js";
import type { Area } from "./soil.js";

/** The pattern repeats after so many pixels of its picture, each of which is drawn large and soft. */
const size = 256;
const unitsPerPixel = 46;

/** Light that falls through leaves: soft spots on the ground, and shade between them. */
export class Sunlight {
  readonly #spots = paintSpots();

  /** Lightens and darkens what was painted. The context's units are those of the field. */
  paint(context: CanvasRenderingContext2D, area: Area): void {
    const pattern = context.createPattern(this.#spots, "repeat");
    if (!pattern) return;
    pattern.setTransform(new DOMMatrix().rotate(18).scale(unitsPerPixel));
    context.save();
    context.globalCompositeOperation = "soft-light";
    context.fillStyle = pattern;
    context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
    context.restore();
  }
}

function paintSpots(): HTMLCanvasElement {
  const context = createSheet(size, size);
  context.fillStyle = "rgb(70 64 78)";
  context.fillRect(0, 0, size, size);
  const random = seededRandom(19);
  for (let i = 0; i < 34; i++) {
    const x = random() * size;
    const y = random() * size;
    const radius = 14 + random() * 40;
    const strength = 0.14 + random() * 0.32;
    // Once more beyond each edge, so that the pattern has no seams.
    for (const dx of [-size, 0, size]) {
      for (const dy of [-size, 0, size]) paintSpot(context, { x: x + dx, y: y + dy, radius, strength });
    }
  }
  return context.canvas;
}

function paintSpot(
  context: CanvasRenderingContext2D,
  spot: { x: number; y: number; radius: number; strength: number },
): void {
  const { x, y, radius, strength } = spot;
  const glow = context.createRadialGradient(x, y, 0, x, y, radius);
  glow.addColorStop(0, `rgb(255 226 165 / ${strength})`);
  glow.addColorStop(0.55, `rgb(255 222 155 / ${strength * 0.7})`);
  glow.addColorStop(1, "rgb(255 220 150 / 0)");
  context.fillStyle = glow;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}
