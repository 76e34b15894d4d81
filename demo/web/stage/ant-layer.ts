import type { Ant, Bite } from "../../../idl/arena.js";
import { AntActor } from "./ant-actor.js";
import { type AntLook, drawAnt, drawAntShadow, lightSeenFrom } from "./ant-figure.js";
import type { Camera } from "./camera.js";
import { drawHalo } from "./halo.js";
import { drawNameTag } from "./name-tag.js";
import type { SugarSprites } from "./sugar-sprites.js";
import type { Timeline } from "./timeline.js";
import { drawTrail } from "./trail.js";

/** Seconds for which an ant is seen to hold the grain that it took. */
const holdingTime = 0.6;
/** Where it holds it: so far before its middle, in units of the field. */
const jaws = 218;
/** An ant's trail is seen so far from it, and its name. */
const trailReach = 3_000;
const nameReach = 800;
/** From the middle of an ant of scale 1 to its name. */
const nameDistance = 290;

/** The ants on the field. */
export class AntLayer {
  readonly #actors = new Map<number, AntActor>();
  readonly #sprites: SugarSprites;

  constructor(sprites: SugarSprites) {
    this.#sprites = sprites;
  }

  clear(): void {
    this.#actors.clear();
  }

  get(id: number): AntActor | undefined {
    return this.#actors.get(id);
  }

  /** Lets an ant take a grain, and returns what that was worth. */
  bite(bite: Bite): number {
    const actor = this.#actors.get(bite.ant);
    if (!actor) return 0;
    const worth = bite.points - actor.points;
    actor.points = bite.points;
    actor.holding = holdingTime;
    return worth;
  }

  move(timeline: Timeline, seconds: number): void {
    const { ants } = timeline.world;
    for (const id of this.#actors.keys()) if (!ants.has(id)) this.#actors.delete(id);
    for (const ant of ants.values()) {
      const actor = this.#actors.get(ant.id) ?? new AntActor(ant);
      this.#actors.set(ant.id, actor);
      const { x, y } = actor.pose;
      timeline.pose(ant, actor.pose);
      actor.advance(ant, { x, y }, seconds);
    }
  }

  /** Draws trails and ants. The context has the field's units; the time is in seconds. */
  draw(context: CanvasRenderingContext2D, camera: Camera, scene: { timeline: Timeline; time: number }): void {
    const { ants, self } = scene.timeline.world;
    const visible: [ant: Ant, actor: AntActor][] = [];
    for (const ant of ants.values()) {
      const actor = this.#actors.get(ant.id);
      if (actor && camera.sees(actor.pose.x, actor.pose.y, trailReach)) visible.push([ant, actor]);
    }
    for (const [ant, actor] of visible) drawTrail(context, actor, { hue: ant.hue, own: ant.id === self });
    for (const [ant, actor] of visible) {
      if (ant.id === self) drawHalo(context, actor, scene.time);
      this.#drawAnt(context, ant, actor);
    }
  }

  /** Draws the names. The context has CSS pixels. */
  drawNames(context: CanvasRenderingContext2D, camera: Camera, timeline: Timeline): void {
    const { ants, self } = timeline.world;
    for (const ant of ants.values()) {
      const actor = this.#actors.get(ant.id);
      if (!actor || !camera.sees(actor.pose.x, actor.pose.y, nameReach)) continue;
      const place = {
        x: camera.screenX(actor.pose.x),
        y: camera.screenY(actor.pose.y + nameDistance * actor.scale) + 6,
      };
      drawNameTag(context, place, {
        name: ant.name,
        hue: ant.hue,
        own: ant.id === self,
        alpha: actor.presence,
      });
    }
  }

  #drawAnt(context: CanvasRenderingContext2D, ant: Ant, actor: AntActor): void {
    const { x, y, heading } = actor.pose;
    const look: AntLook = { hue: ant.hue, gait: actor.gait, feel: actor.feel, ...lightSeenFrom(heading) };
    const scale = actor.scale * (0.4 + 0.6 * actor.presence);
    context.save();
    context.globalAlpha = actor.presence;
    context.translate(x, y);
    context.rotate(heading);
    context.scale(scale, scale);
    drawAntShadow(context, look);
    drawAnt(context, look);
    if (actor.holding > 0) {
      this.#sprites.draw(context, { id: ant.id, x: jaws, y: 0, worth: 1 }, Math.min(1, actor.holding * 4));
    }
    context.restore();
  }
}
