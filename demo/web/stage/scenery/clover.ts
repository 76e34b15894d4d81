import { lightFor } from "./light.js";

/** A clover of three leaflets. */
export function paintClover(context: CanvasRenderingContext2D, size: number, random: () => number): void {
  const light = lightFor(context);
  const hue = 88 + random() * 26;
  const lightness = 21 + random() * 8;
  const leaflet = new Path2D();
  leaflet.moveTo(0, 0);
  leaflet.bezierCurveTo(size * 0.2, -size * 0.55, size * 0.75, -size * 0.55, size * 0.82, -size * 0.12);
  leaflet.quadraticCurveTo(size * 0.76, 0, size * 0.82, size * 0.12);
  leaflet.bezierCurveTo(size * 0.75, size * 0.55, size * 0.2, size * 0.55, 0, 0);

  context.save();
  context.translate(light.x * size * 0.16, light.y * size * 0.16);
  context.fillStyle = "rgb(6 6 2 / 0.36)";
  for (let i = 0; i < 3; i++) {
    context.rotate((2 * Math.PI) / 3);
    context.fill(leaflet);
  }
  context.restore();

  for (let i = 0; i < 3; i++) {
    context.rotate((2 * Math.PI) / 3);
    const shade = context.createRadialGradient(0, 0, 0, size * 0.3, 0, size * 0.75);
    shade.addColorStop(0, `hsl(${hue} 36% ${lightness * 0.62}%)`);
    shade.addColorStop(1, `hsl(${hue} 38% ${lightness + (random() - 0.5) * 6}%)`);
    context.fillStyle = shade;
    context.fill(leaflet);
    context.strokeStyle = `hsl(${hue} 38% ${lightness + 13}% / 0.55)`;
    context.lineWidth = size * 0.03;
    context.beginPath();
    context.moveTo(size * 0.42, -size * 0.3);
    context.quadraticCurveTo(size * 0.62, 0, size * 0.42, size * 0.3);
    context.stroke();
  }
}
