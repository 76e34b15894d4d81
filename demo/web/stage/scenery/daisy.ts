import { lightFor } from "./light.js";

/** A daisy that somebody picked. */
export function paintDaisy(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const light = lightFor(context);
  const petals = 11 + Math.floor(random() * 4);
  const shape = new Path2D();
  for (let i = 0; i < petals; i++) {
    const angle = ((i + (random() - 0.5) * 0.3) / petals) * 2 * Math.PI;
    const length = size * (0.86 + random() * 0.14);
    const petal = new Path2D();
    petal.ellipse(length * 0.58, 0, length * 0.42, size * 0.135, 0, 0, 2 * Math.PI);
    shape.addPath(petal, new DOMMatrix().rotate((angle * 180) / Math.PI));
  }

  context.save();
  context.translate(light.x * size * 0.2, light.y * size * 0.2);
  context.fillStyle = "rgb(8 4 2 / 0.38)";
  context.fill(shape);
  context.restore();

  const white = context.createRadialGradient(0, 0, size * 0.2, 0, 0, size);
  white.addColorStop(0, "hsl(40 24% 62%)");
  white.addColorStop(1, "hsl(42 40% 82%)");
  context.fillStyle = white;
  context.fill(shape);
  context.strokeStyle = "hsl(34 18% 50% / 0.5)";
  context.lineWidth = size * 0.018;
  context.stroke(shape);

  const yellow = context.createRadialGradient(
    -light.x * size * 0.1,
    -light.y * size * 0.1,
    0,
    0,
    0,
    size * 0.28,
  );
  yellow.addColorStop(0, "hsl(44 88% 62%)");
  yellow.addColorStop(1, "hsl(32 80% 38%)");
  context.fillStyle = yellow;
  context.beginPath();
  context.arc(0, 0, size * 0.26, 0, 2 * Math.PI);
  context.fill();
}
