import { lightFor } from "./light.js";

/** A dry twig with a fork or two. */
export function paintTwig(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const light = lightFor(context);
  const width = size * 0.045 + 18;
  const bend = (random() - 0.5) * size * 0.4;
  const twig = new Path2D();
  twig.moveTo(-size, 0);
  twig.quadraticCurveTo(-size * 0.1, bend, size, bend * 0.3);
  const forks = new Path2D();
  for (let i = 0; i < 2; i++) {
    const along = -0.3 + i * 0.6 + random() * 0.2;
    const side = i === 0 ? 1 : -1;
    const x = along * size;
    const y = bend * 0.5 * (1 - along * along) + bend * 0.15 * (1 + along);
    forks.moveTo(x, y);
    forks.quadraticCurveTo(
      x + size * 0.12,
      y + side * size * 0.05,
      x + size * (0.2 + 0.12 * random()),
      y + side * size * (0.14 + 0.1 * random()),
    );
  }
  context.lineCap = "round";
  stroke(context, { twig, forks, width, color: "rgb(8 4 2 / 0.42)", dx: light.x * 34, dy: light.y * 34 });
  stroke(context, { twig, forks, width, color: "hsl(24 30% 17%)", dx: 0, dy: 0 });
  stroke(context, {
    twig,
    forks,
    width: width * 0.55,
    color: "hsl(28 28% 29%)",
    dx: -light.x * width * 0.17,
    dy: -light.y * width * 0.17,
  });
  stroke(context, {
    twig,
    forks,
    width: width * 0.16,
    color: "hsl(32 32% 42% / 0.7)",
    dx: -light.x * width * 0.28,
    dy: -light.y * width * 0.28,
  });
}

function stroke(
  context: CanvasRenderingContext2D,
  line: { twig: Path2D; forks: Path2D; width: number; color: string; dx: number; dy: number },
): void {
  context.save();
  context.translate(line.dx, line.dy);
  context.strokeStyle = line.color;
  context.lineWidth = line.width;
  context.stroke(line.twig);
  context.lineWidth = line.width * 0.55;
  context.stroke(line.forks);
  context.restore();
}
