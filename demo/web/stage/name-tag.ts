import { fontFamily } from "./effects.js";

/** Writes an ant's name below it, in CSS pixels. */
export function drawNameTag(
  context: CanvasRenderingContext2D,
  place: { x: number; y: number },
  tag: { name: string; hue: number; own: boolean; alpha: number },
): void {
  context.globalAlpha = tag.alpha * (tag.own ? 1 : 0.86);
  context.font = `${tag.own ? 800 : 700} ${tag.own ? 14 : 12.5}px ${fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = "rgb(22 12 6 / 0.72)";
  context.strokeText(tag.name, place.x, place.y);
  context.fillStyle = tag.own ? "#fff3d6" : `hsl(${tag.hue} 70% 84%)`;
  context.fillText(tag.name, place.x, place.y);
  context.globalAlpha = 1;
}
