import type { Camera } from "./camera.js";
import type { Timeline } from "./timeline.js";

/** The whole field in a corner of the screen. */
export class Minimap {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser cannot draw on a canvas");
    this.#canvas = canvas;
    this.#context = context;
  }

  draw(timeline: Timeline, camera: Camera): void {
    const { world } = timeline;
    const ratio = Math.min(2, devicePixelRatio);
    const width = Math.round(this.#canvas.clientWidth * ratio);
    if (width === 0) return;
    const height = Math.round((width * world.height) / world.width);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#context;
    const scale = width / world.width;
    context.clearRect(0, 0, width, height);
    context.fillStyle = "rgb(236 243 255 / 0.5)";
    for (const grain of world.sugar.values()) {
      const size = (grain.worth >= 10 ? 1.9 : 1.1) * ratio;
      context.fillRect(grain.x * scale - size / 2, grain.y * scale - size / 2, size, size);
    }
    for (const ant of world.ants.values()) {
      if (ant.id !== world.self)
        dot(context, ant.x * scale, ant.y * scale, { hue: ant.hue, size: 2.2 * ratio });
    }
    const self = world.ants.get(world.self);
    if (self) {
      context.strokeStyle = "rgb(255 236 200 / 0.9)";
      context.lineWidth = 1.5 * ratio;
      dot(context, self.x * scale, self.y * scale, { hue: self.hue, size: 3.4 * ratio });
      context.stroke();
    }
    context.strokeStyle = "rgb(255 226 170 / 0.38)";
    context.lineWidth = ratio;
    context.strokeRect(
      (camera.x - camera.width / 2 / camera.scale) * scale,
      (camera.y - camera.height / 2 / camera.scale) * scale,
      (camera.width / camera.scale) * scale,
      (camera.height / camera.scale) * scale,
    );
  }
}

function dot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  look: { hue: number; size: number },
): void {
  context.fillStyle = `hsl(${look.hue} 80% 62%)`;
  context.beginPath();
  context.arc(x, y, look.size, 0, 7);
  context.fill();
}
