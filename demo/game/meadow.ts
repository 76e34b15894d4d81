import type { Ant, Bite, Field, Frame, Step, Sugar } from "../../idl/arena.js";
import { turnTowards, wrapAngle } from "./heading.js";
import { hueOf } from "./hue.js";
import {
  antReach,
  antScale,
  antSpeed,
  antTurn,
  biteReach,
  fieldHeight,
  fieldWidth,
  maxAnts,
  patience,
  sugarPace,
  sugarWanted,
  ticksPerSecond,
} from "./rules.js";
import { SugarBowl } from "./sugar-bowl.js";

/** An ant as it is, finer than the wire tells. */
interface Walker {
  readonly id: number;
  readonly userId: string;
  name: string;
  readonly hue: number;
  x: number;
  y: number;
  heading: number;
  points: number;
  target: number;
  /** Ticks since somebody steered it. */
  idle: number;
}

const stride = antSpeed / ticksPerSecond;
const turn = antTurn / ticksPerSecond;
const patienceTicks = patience * ticksPerSecond;
/** Ants start at least this far from the edge, and one that goes its own way turns back this close to it. */
const shyness = 1_100;
const maxAntId = 2 ** 16 - 1;

/** The field with all that is on it. Time goes on by {@link tick} only. */
export class Meadow {
  readonly #random: () => number;
  readonly #sugar: SugarBowl;
  readonly #ants = new Map<string, Walker>();
  readonly #usedIds = new Set<number>();
  #harvest = new Map<string, number>();
  #came: Walker[] = [];
  #left: number[] = [];
  #tick = 0;
  #sinceGrain = 0;
  #lastId = 0;

  /** @param random numbers from 0 to below 1 */
  constructor(random: () => number) {
    this.#random = random;
    this.#sugar = new SugarBowl({ width: fieldWidth, height: fieldHeight, random });
    for (let i = 0; i < sugarWanted; i++) this.#sugar.grow();
  }

  /** How many ants there are. */
  get population(): number {
    return this.#ants.size;
  }

  /**
   * Puts a user's ant on the field, or finds it there and gives it the name.
   *
   * @returns the ant's id; undefined when the field is full
   */
  place(userId: string, name: string): number | undefined {
    const present = this.#ants.get(userId);
    if (present) {
      if (present.name !== name) {
        present.name = name;
        this.#came.push(present);
        this.#gather(present, 0);
      }
      return present.id;
    }
    if (this.#ants.size >= maxAnts) return undefined;
    const heading = wrapAngle(this.#random() * 2 * Math.PI);
    const ant: Walker = {
      id: this.#takeId(),
      userId,
      name,
      hue: hueOf(userId),
      x: shyness + this.#random() * (fieldWidth - 2 * shyness),
      y: shyness + this.#random() * (fieldHeight - 2 * shyness),
      heading,
      points: 0,
      target: heading,
      idle: patienceTicks,
    };
    this.#ants.set(userId, ant);
    this.#came.push(ant);
    return ant.id;
  }

  remove(userId: string): void {
    const ant = this.#ants.get(userId);
    if (!ant) return;
    this.#ants.delete(userId);
    this.#usedIds.delete(ant.id);
    this.#came = this.#came.filter((other) => other !== ant);
    this.#left.push(ant.id);
  }

  /** Turns a user's ant, if there is one, towards a direction. */
  steer(userId: string, heading: number): void {
    const ant = this.#ants.get(userId);
    if (!ant) return;
    ant.target = wrapAngle(heading);
    ant.idle = 0;
  }

  /** The whole field as of the last tick, for the owner of one ant. */
  view(self: number): Field {
    return {
      tick: this.#tick,
      width: fieldWidth,
      height: fieldHeight,
      self,
      ants: Array.from(this.#ants.values(), describe),
      sugar: [...this.#sugar.grains.values()],
    };
  }

  /** Lets time go on by a twentieth of a second, and tells what changed, if anything did. */
  tick(): Frame | undefined {
    const moved: Step[] = [];
    const eaten: Bite[] = [];
    for (const ant of this.#ants.values()) {
      const x = Math.round(ant.x);
      const y = Math.round(ant.y);
      const { heading } = ant;
      this.#walk(ant);
      const bite = this.#bite(ant);
      if (bite) eaten.push(bite);
      if (Math.round(ant.x) !== x || Math.round(ant.y) !== y || ant.heading !== heading) {
        moved.push({ id: ant.id, x: Math.round(ant.x), y: Math.round(ant.y), heading: ant.heading });
      }
    }
    const grain = this.#grow();
    const changes = moved.length + eaten.length + this.#came.length + this.#left.length;
    if (changes === 0 && !grain) return undefined;
    const frame: Frame = {
      tick: ++this.#tick,
      moved,
      came: this.#came.map(describe),
      left: this.#left,
      grown: grain ? [grain] : [],
      eaten,
    };
    this.#came = [];
    this.#left = [];
    return frame;
  }

  /** What each user gathered since this was asked last, and with nothing those who changed their names. */
  harvest(): ReadonlyMap<string, number> {
    const harvest = this.#harvest;
    this.#harvest = new Map();
    return harvest;
  }

  #walk(ant: Walker): void {
    ant.idle++;
    if (ant.idle > patienceTicks) this.#wander(ant);
    ant.heading = turnTowards(ant.heading, ant.target, turn);
    ant.x = Math.min(fieldWidth, Math.max(0, ant.x + Math.cos(ant.heading) * stride));
    ant.y = Math.min(fieldHeight, Math.max(0, ant.y + Math.sin(ant.heading) * stride));
  }

  #wander(ant: Walker): void {
    const atEdge =
      ant.x < shyness || ant.y < shyness || ant.x > fieldWidth - shyness || ant.y > fieldHeight - shyness;
    ant.target = atEdge
      ? Math.atan2(fieldHeight / 2 - ant.y, fieldWidth / 2 - ant.x)
      : ant.target + (this.#random() - 0.5) * 0.5;
  }

  #bite(ant: Walker): Bite | undefined {
    const scale = antScale(ant.points);
    const x = ant.x + Math.cos(ant.heading) * antReach * scale;
    const y = ant.y + Math.sin(ant.heading) * antReach * scale;
    const grain = this.#sugar.take(x, y, biteReach * scale);
    if (!grain) return undefined;
    ant.points += grain.worth;
    this.#gather(ant, grain.worth);
    return { ant: ant.id, sugar: grain.id, points: ant.points };
  }

  #grow(): Sugar | undefined {
    if (++this.#sinceGrain < sugarPace) return undefined;
    this.#sinceGrain = 0;
    return this.#sugar.grow();
  }

  #gather(ant: Walker, points: number): void {
    this.#harvest.set(ant.userId, (this.#harvest.get(ant.userId) ?? 0) + points);
  }

  /** Ids come round again only after all others, since a client may still draw an ant that has left. */
  #takeId(): number {
    do this.#lastId = this.#lastId === maxAntId ? 1 : this.#lastId + 1;
    while (this.#usedIds.has(this.#lastId));
    this.#usedIds.add(this.#lastId);
    return this.#lastId;
  }
}

function describe(ant: Walker): Ant {
  return {
    id: ant.id,
    userId: ant.userId,
    name: ant.name,
    hue: ant.hue,
    x: Math.round(ant.x),
    y: Math.round(ant.y),
    heading: ant.heading,
    points: ant.points,
  };
}
