import { shadowX, shadowY } from "./light.js";

/** The mouth of the nest: a ring of crumbs around a hole. */
export function paintAnthill(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const mound = context.createRadialGradient(-size * 0.12, -size * 0.16, size * 0.05, 0, 0, size);
  mound.addColorStop(0, "hsl(28 34% 30% / 0.95)");
  mound.addColorStop(0.45, "hsl(27 34% 30% / 0.75)");
  mound.addColorStop(1, "hsl(26 34% 26% / 0)");
  context.fillStyle = mound;
  context.fillRect(-size, -size, 2 * size, 2 * size);

  for (let i = 0; i < 900; i++) {
    const angle = random() * 2 * Math.PI;
    const distance = size * (0.17 + 0.75 * random() ** 1.5);
    paintCrumb(context, Math.cos(angle) * distance, Math.sin(angle) * distance, random);
  }

  const hole = context.createRadialGradient(size * 0.02, size * 0.03, 0, 0, 0, size * 0.2);
  hole.addColorStop(0, "rgb(6 3 1)");
  hole.addColorStop(0.62, "rgb(14 7 3 / 0.96)");
  hole.addColorStop(1, "rgb(20 10 5 / 0)");
  context.fillStyle = hole;
  context.beginPath();
  context.arc(0, 0, size * 0.2, 0, 2 * Math.PI);
  context.fill();
}

function paintCrumb(context: CanvasRenderingContext2D, x: number, y: number, random: () => number): void {
  const radius = 16 + 34 * random() ** 2;
  context.fillStyle = "rgb(10 5 2 / 0.45)";
  context.beginPath();
  context.arc(x + shadowX * radius * 0.6, y + shadowY * radius * 0.6, radius, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = `hsl(${24 + random() * 10} ${26 + random() * 14}% ${24 + random() * 20}%)`;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = "rgb(255 225 180 / 0.16)";
  context.beginPath();
  context.arc(x - shadowX * radius * 0.35, y - shadowY * radius * 0.35, radius * 0.45, 0, 2 * Math.PI);
  context.fill();
}
