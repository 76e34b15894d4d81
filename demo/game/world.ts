import type { Ant, Field, Frame, Sugar } from "../../idl/arena.js";

/** The field as a client knows it: what it joined, kept up with the frames since. */
export class World {
  readonly width: number;
  readonly height: number;
  /** The client's own ant. */
  readonly self: number;
  readonly ants = new Map<number, Ant>();
  readonly sugar = new Map<number, Sugar>();
  #tick: number;

  constructor(field: Field) {
    this.width = field.width;
    this.height = field.height;
    this.self = field.self;
    this.#tick = field.tick;
    // Copies: others may have been given the same objects.
    for (const ant of field.ants) this.ants.set(ant.id, { ...ant });
    for (const grain of field.sugar) this.sugar.set(grain.id, grain);
  }

  /** The last frame it has seen. */
  get tick(): number {
    return this.#tick;
  }

  /**
   * Takes the next frame in. Frames that the field had in it already are passed over.
   *
   * @returns false where frames before this one were lost: then only joining again helps
   */
  apply(frame: Frame): boolean {
    if (frame.tick <= this.#tick) return true;
    if (frame.tick !== this.#tick + 1) return false;
    this.#tick = frame.tick;
    for (const ant of frame.came) this.ants.set(ant.id, { ...ant });
    for (const { id, x, y, heading } of frame.moved) {
      const ant = this.ants.get(id);
      if (!ant) continue;
      ant.x = x;
      ant.y = y;
      ant.heading = heading;
    }
    for (const bite of frame.eaten) {
      this.sugar.delete(bite.sugar);
      const ant = this.ants.get(bite.ant);
      if (ant) ant.points = bite.points;
    }
    for (const grain of frame.grown) this.sugar.set(grain.id, grain);
    for (const id of frame.left) this.ants.delete(id);
    return true;
  }
}
