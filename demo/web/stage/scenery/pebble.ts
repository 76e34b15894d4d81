import { lightFor } from "./light.js";

/** A rounded stone. */
export function paintPebble(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const light = lightFor(context);
  const outline = outlineOf(size, random);
  const hue = 22 + random() * 22;
  const saturation = 6 + random() * 14;
  const lightness = 30 + random() * 20;

  context.save();
  context.translate(light.x * size * 0.26, light.y * size * 0.26);
  context.fillStyle = "rgb(10 5 2 / 0.42)";
  context.fill(outline);
  context.restore();

  const shade = context.createRadialGradient(
    -light.x * size * 0.4,
    -light.y * size * 0.4,
    size * 0.1,
    0,
    0,
    size * 1.15,
  );
  shade.addColorStop(0, `hsl(${hue} ${saturation}% ${lightness + 19}%)`);
  shade.addColorStop(0.55, `hsl(${hue} ${saturation}% ${lightness}%)`);
  shade.addColorStop(1, `hsl(${hue} ${saturation + 4}% ${lightness * 0.45}%)`);
  context.fillStyle = shade;
  context.fill(outline);

  context.save();
  context.clip(outline);
  for (let i = 0; i < 7; i++) {
    context.fillStyle = random() < 0.5 ? "rgb(255 240 215 / 0.13)" : "rgb(20 10 5 / 0.16)";
    context.beginPath();
    context.arc(
      (random() - 0.5) * size * 1.6,
      (random() - 0.5) * size * 1.4,
      size * 0.09 * (0.4 + random()),
      0,
      7,
    );
    context.fill();
  }
  context.restore();
}

/** A closed curve through the middles of a bumpy polygon's sides. */
function outlineOf(size: number, random: () => number): Path2D {
  const corners = 9;
  const flatness = 0.66 + random() * 0.3;
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI;
    const radius = size * (0.88 + random() * 0.24);
    return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius * flatness };
  });
  const path = new Path2D();
  for (const [i, point] of points.entries()) {
    const next = points[(i + 1) % corners] ?? point;
    const x = (point.x + next.x) / 2;
    const y = (point.y + next.y) / 2;
    if (i === 0) {
      const last = points[corners - 1] ?? point;
      path.moveTo((last.x + point.x) / 2, (last.y + point.y) / 2);
    }
    path.quadraticCurveTo(point.x, point.y, x, y);
  }
  path.closePath();
  return path;
}
