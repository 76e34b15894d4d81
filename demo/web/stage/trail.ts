import type { AntActor } from "./ant-actor.js";

/** Draws the scent that an ant leaves behind, fading with age, in units of the field. */
export function drawTrail(
  context: CanvasRenderingContext2D,
  actor: AntActor,
  look: { hue: number; own: boolean },
): void {
  const { trail } = actor;
  const count = trail.length / 2;
  context.fillStyle = `hsl(${look.hue} 90% 70%)`;
  for (let i = 0; i < count; i++) {
    const age = (i + 1) / count;
    context.globalAlpha = age ** 1.5 * (look.own ? 0.5 : 0.26);
    context.beginPath();
    context.arc(trail[2 * i] ?? 0, trail[2 * i + 1] ?? 0, (9 + 15 * age) * actor.scale, 0, 7);
    context.fill();
  }
  context.globalAlpha = 1;
}
