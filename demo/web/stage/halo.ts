import type { AntActor } from "./ant-actor.js";

// In units of the field, for an ant of scale 1.
const glowRadius = 560;
const ringRadius = 330;

/**
 * Draws a glow and a ring around the player's own ant, in units of the field.
 *
 * @param time in seconds; the ring turns with it
 */
export function drawHalo(context: CanvasRenderingContext2D, actor: AntActor, time: number): void {
  const { x, y } = actor.pose;
  const radius = glowRadius * actor.scale;
  const glow = context.createRadialGradient(x, y, 0, x, y, radius);
  glow.addColorStop(0, "rgb(255 222 150 / 0.42)");
  glow.addColorStop(0.55, "rgb(255 208 128 / 0.2)");
  glow.addColorStop(1, "rgb(255 204 120 / 0)");
  context.fillStyle = glow;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.strokeStyle = "rgb(255 226 160 / 0.5)";
  context.lineWidth = 13;
  context.setLineDash([110, 70]);
  context.lineDashOffset = time * -110;
  context.beginPath();
  context.arc(x, y, ringRadius * actor.scale, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}
