import type { Ant, Field, Frame } from "../../../idl/arena.js";
import { antReach } from "../../game/rules.js";
import { AntLayer } from "./ant-layer.js";
import { Camera } from "./camera.js";
import { Effects } from "./effects.js";
import { Grass } from "./grass.js";
import { Ground } from "./ground.js";
import { Minimap } from "./minimap.js";
import { SugarLayer } from "./sugar-layer.js";
import { Timeline } from "./timeline.js";

/** More pixels than that per CSS pixel cost more than they show. */
const maxRatio = 2;
/** After a longer pause, in milliseconds, nobody wants to see all that happened meanwhile. */
const longestPause = 1_000;
const minimapEvery = 6;

/** Where the stage draws. */
export interface StageOptions {
  readonly canvas: HTMLCanvasElement;
  readonly minimap: HTMLCanvasElement;
  /** Whether what only decorates stands still. */
  readonly still: boolean;
}

/** Draws the field and all that happens on it. */
export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #minimap: Minimap;
  readonly #still: boolean;
  readonly #camera = new Camera();
  readonly #sugar = new SugarLayer();
  readonly #ants = new AntLayer(this.#sugar.sprites);
  readonly #effects = new Effects();
  #ground: Ground | undefined;
  #grass: Grass | undefined;
  #timeline: Timeline | undefined;
  /** Pixels of the screen for each CSS pixel. */
  #ratio = 1;
  /** When the last picture was drawn. */
  #last = 0;
  #pictures = 0;

  constructor(options: StageOptions) {
    const context = options.canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("this browser cannot draw on a canvas");
    this.#canvas = options.canvas;
    this.#context = context;
    this.#minimap = new Minimap(options.minimap);
    this.#still = options.still;
    new ResizeObserver(() => this.#resize()).observe(options.canvas);
    this.#resize();
    const draw = (now: number) => {
      requestAnimationFrame(draw);
      this.#draw(now);
    };
    requestAnimationFrame(draw);
  }

  /** The player's own ant, as the last frame that is shown has it. */
  get self(): Ant | undefined {
    const world = this.#timeline?.world;
    return world?.ants.get(world.self);
  }

  /** Where the player's ant is on the screen, in CSS pixels. */
  get selfOnScreen(): { x: number; y: number } | undefined {
    const actor = this.#timeline && this.#ants.get(this.#timeline.world.self);
    return actor && { x: this.#camera.screenX(actor.pose.x), y: this.#camera.screenY(actor.pose.y) };
  }

  /** Shows a field that was just joined. */
  enter(field: Field): void {
    const before = this.#timeline?.world;
    if (before?.width !== field.width || before.height !== field.height) {
      this.#ground = new Ground(field.width, field.height);
      this.#grass = new Grass(field.width, field.height);
    }
    this.#timeline = new Timeline(field);
    this.#ants.clear();
    this.#sugar.clear();
    this.#effects.clear();
    this.#camera.aim(field.width, field.height);
  }

  /** @returns false where frames before this one were lost: then only joining again helps */
  take(frame: Frame): boolean {
    return this.#timeline?.push(frame, performance.now()) ?? true;
  }

  /** The direction from the player's ant to a point of the screen; undefined where the point is on the ant. */
  directionTo(x: number, y: number): number | undefined {
    const self = this.selfOnScreen;
    if (!self) return undefined;
    const dx = x - self.x;
    const dy = y - self.y;
    return Math.hypot(dx, dy) < antReach * this.#camera.scale ? undefined : Math.atan2(dy, dx);
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#ratio = Math.min(maxRatio, devicePixelRatio);
    this.#canvas.width = Math.round(clientWidth * this.#ratio);
    this.#canvas.height = Math.round(clientHeight * this.#ratio);
    this.#camera.resize(clientWidth, clientHeight);
    this.#sugar.sprites.resize(this.#camera.scale * this.#ratio);
    // At once: the canvas is empty now.
    this.#draw(this.#last);
  }

  #draw(now: number): void {
    const timeline = this.#timeline;
    const pause = Math.max(0, now - this.#last);
    this.#last = now;
    if (!timeline) return;
    this.#advance(timeline, pause);
    this.#paint(timeline, now / 1_000);
    if (this.#pictures++ % minimapEvery === 0) this.#minimap.draw(timeline, this.#camera);
  }

  #advance(timeline: Timeline, pause: number): void {
    const seconds = Math.min(0.1, pause / 1_000);
    const frames = timeline.advance(performance.now());
    if (pause < longestPause) for (const frame of frames) this.#show(timeline, frame);
    this.#ants.move(timeline, seconds);
    this.#effects.advance(seconds);
    const self = this.#ants.get(timeline.world.self);
    if (self) this.#camera.follow(self.pose.x, self.pose.y, seconds);
  }

  /** Shows what a frame tells beside places. The world has it already. */
  #show(timeline: Timeline, frame: Frame): void {
    this.#sugar.take(frame, this.#last / 1_000);
    for (const bite of frame.eaten) {
      const worth = this.#ants.bite(bite);
      const actor = this.#ants.get(bite.ant);
      const ant = timeline.world.ants.get(bite.ant);
      if (!actor || !ant) continue;
      const { x, y, heading } = actor.pose;
      const reach = antReach * actor.scale;
      this.#effects.add({
        x: x + Math.cos(heading) * reach,
        y: y + Math.sin(heading) * reach,
        worth,
        hue: ant.hue,
        own: ant.id === timeline.world.self,
      });
    }
  }

  #paint(timeline: Timeline, time: number): void {
    const context = this.#context;
    const camera = this.#camera;
    const { world } = timeline;
    const decorTime = this.#still ? 0 : time;
    this.#ground?.draw(context, camera, this.#ratio);
    this.#useFieldUnits();
    this.#sugar.draw(context, camera, { world, time });
    this.#ants.draw(context, camera, { timeline, time: decorTime });
    this.#grass?.draw(context, camera, decorTime);
    if (!this.#still) {
      this.#sugar.drawGlints(context, camera, { world, time });
      this.#effects.drawPops(context);
    }
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.#ants.drawNames(context, camera, timeline);
    this.#effects.drawFloaters(context, (x, y) => [camera.screenX(x), camera.screenY(y)]);
  }

  #useFieldUnits(): void {
    const scale = this.#camera.scale * this.#ratio;
    // Whole pixels, as the ground's: else the ants would tremble on it.
    const x = Math.round(this.#camera.screenX(0) * this.#ratio);
    const y = Math.round(this.#camera.screenY(0) * this.#ratio);
    this.#context.setTransform(scale, 0, 0, scale, x, y);
  }
}
