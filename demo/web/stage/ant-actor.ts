import type { Ant } from "../../../idl/arena.js";
import { antScale } from "../../game/rules.js";
import type { Pose } from "./timeline.js";

/** How far an ant of scale 1 walks while its legs go through one cycle. */
const cycleLength = 330;
/** A trail keeps a mark for every such distance, and so many of them. */
const markDistance = 110;
const trailLength = 26;

/** An ant on the stage, with what of its past can be seen. */
export class AntActor {
  readonly id: number;
  readonly pose: Pose;
  /** Where it walked, the newest last: x and y by turns. */
  readonly trail: number[] = [];
  gait = Math.random() * 7;
  feel = Math.random() * 7;
  scale: number;
  /** What it has, as far as it was shown. */
  points: number;
  /** From 0 to 1 as it comes onto the field. */
  presence = 0;
  /** Seconds for which it still holds its last grain. */
  holding = 0;
  #unmarked = 0;

  constructor(ant: Ant) {
    this.id = ant.id;
    this.pose = { x: ant.x, y: ant.y, heading: ant.heading };
    this.points = ant.points;
    this.scale = antScale(ant.points);
  }

  /** Takes in that time went on and that the pose was changed from the place given. */
  advance(ant: Ant, from: { x: number; y: number }, seconds: number): void {
    const distance = Math.hypot(this.pose.x - from.x, this.pose.y - from.y);
    this.points = ant.points;
    this.gait += ((distance / cycleLength) * 2 * Math.PI) / this.scale;
    this.feel += seconds * 7;
    this.scale += (antScale(ant.points) - this.scale) * Math.min(1, seconds * 5);
    this.presence = Math.min(1, this.presence + seconds * 3);
    this.holding = Math.max(0, this.holding - seconds);
    this.#unmarked += distance;
    if (this.#unmarked < markDistance) return;
    this.#unmarked = 0;
    // The mark is where the hind part touches the ground.
    const behind = 190 * this.scale;
    this.trail.push(
      this.pose.x - Math.cos(this.pose.heading) * behind,
      this.pose.y - Math.sin(this.pose.heading) * behind,
    );
    if (this.trail.length > 2 * trailLength) this.trail.splice(0, 2);
  }
}
