import { lightFor } from "./light.js";

const tints = [
  { hue: 18, saturation: 52, lightness: 30 },
  { hue: 28, saturation: 58, lightness: 34 },
  { hue: 38, saturation: 50, lightness: 34 },
  { hue: 62, saturation: 30, lightness: 28 },
  { hue: 12, saturation: 46, lightness: 24 },
] as const;

/** A leaf that fell last autumn. */
export function paintLeaf(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const light = lightFor(context);
  const tint = tints[Math.floor(random() * tints.length)] ?? tints[0];
  const breadth = size * (0.4 + random() * 0.16);
  const bend = (random() - 0.5) * size * 0.35;
  const outline = outlineOf(size, breadth, bend);

  context.save();
  context.translate(light.x * size * 0.07, light.y * size * 0.07);
  context.fillStyle = "rgb(8 4 2 / 0.4)";
  context.fill(outline);
  context.restore();

  const color = (shift: number, alpha = 1) =>
    `hsl(${tint.hue} ${tint.saturation}% ${tint.lightness + shift}% / ${alpha})`;
  const shade = context.createLinearGradient(0, -breadth, 0, breadth);
  // The half that looks to the light is the brighter one.
  const side = light.y > 0 ? 1 : -1;
  shade.addColorStop(0, color(6 * side));
  shade.addColorStop(0.49, color(1 * side));
  shade.addColorStop(0.51, color(-3 * side));
  shade.addColorStop(1, color(-8 * side));
  context.fillStyle = shade;
  context.fill(outline);

  context.save();
  context.clip(outline);
  for (let i = 0; i < 9; i++) {
    context.fillStyle = `hsl(${tint.hue - 8} 40% 14% / ${0.1 + random() * 0.2})`;
    context.beginPath();
    context.arc((random() - 0.5) * size * 2, (random() - 0.5) * breadth * 2, size * 0.07 * random(), 0, 7);
    context.fill();
  }
  paintVeins(context, { size, breadth, bend, color: color(13, 0.55) });
  context.restore();

  context.strokeStyle = color(-12);
  context.lineWidth = size * 0.035;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(-size * 0.96, 0);
  context.quadraticCurveTo(-size * 1.15, bend * 0.2, -size * 1.3, bend * 0.5);
  context.stroke();
}

function outlineOf(size: number, breadth: number, bend: number): Path2D {
  const path = new Path2D();
  path.moveTo(-size, 0);
  path.bezierCurveTo(-size * 0.6, -breadth * 1.2, size * 0.35, -breadth * 1.25 + bend, size, bend);
  path.bezierCurveTo(size * 0.35, breadth * 1.1 + bend, -size * 0.6, breadth * 1.25, -size, 0);
  path.closePath();
  return path;
}

function paintVeins(
  context: CanvasRenderingContext2D,
  leaf: { size: number; breadth: number; bend: number; color: string },
): void {
  const { size, breadth, bend, color } = leaf;
  context.strokeStyle = color;
  context.lineWidth = size * 0.022;
  context.beginPath();
  context.moveTo(-size, 0);
  context.quadraticCurveTo(0, bend * 0.1, size, bend);
  context.stroke();
  context.lineWidth = size * 0.011;
  context.beginPath();
  for (let i = 0; i < 6; i++) {
    const along = -0.72 + i * 0.27;
    const x = along * size;
    const y = bend * Math.max(0, along) ** 2 * 0.8;
    for (const side of [-1, 1]) {
      context.moveTo(x, y);
      context.quadraticCurveTo(
        x + size * 0.16,
        y + side * breadth * 0.35,
        x + size * 0.38,
        y + side * breadth * 0.95,
      );
    }
  }
  context.stroke();
}
