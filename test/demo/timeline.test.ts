import { describe, expect, test } from "vitest";
import { Timeline } from "../../demo/web/stage/timeline.js";
import type { Ant, Field, Frame } from "../../idl/arena.js";

const ant: Ant = { id: 1, userId: "u", name: "Ann", hue: 0, x: 1_000, y: 0, heading: 3.1, points: 0 };
const field: Field = { tick: 10, width: 5_000, height: 5_000, self: 1, ants: [ant], sugar: [] };

function frame(tick: number): Frame {
  const x = 1_000 + 100 * (tick - 10);
  return { tick, moved: [{ id: 1, x, y: 0, heading: -3.1 }], came: [], left: [], grown: [], eaten: [] };
}

function xAt(timeline: Timeline, now: number): number {
  timeline.advance(now);
  const pose = { x: 0, y: 0, heading: 0 };
  const self = timeline.world.ants.get(1);
  if (self) timeline.pose(self, pose);
  return pose.x;
}

describe("the timeline", () => {
  test("moves an ant evenly between frames, a tenth of a second late", () => {
    const timeline = new Timeline(field);
    for (let tick = 11; tick <= 16; tick++) timeline.push(frame(tick), tick * 50);
    expect(xAt(timeline, 11 * 50 + 100)).toBeCloseTo(1_100);
    expect(xAt(timeline, 11.5 * 50 + 100)).toBeCloseTo(1_150);
    expect(xAt(timeline, 13.25 * 50 + 100)).toBeCloseTo(1_325);
  });

  test("turns an ant the shorter way round", () => {
    const timeline = new Timeline(field);
    timeline.push(frame(11), 550);
    timeline.advance(10.5 * 50 + 100);
    const pose = { x: 0, y: 0, heading: 0 };
    const self = timeline.world.ants.get(1);
    if (self) timeline.pose(self, pose);
    expect(Math.abs(pose.heading)).toBeCloseTo(Math.PI);
  });

  test("shows the frames in order, each once, when their time has come", () => {
    const timeline = new Timeline(field);
    for (let tick = 11; tick <= 14; tick++) timeline.push(frame(tick), tick * 50);
    expect(timeline.advance(12 * 50 + 100).map(({ tick }) => tick)).toEqual([11, 12]);
    expect(timeline.advance(12 * 50 + 110)).toEqual([]);
    expect(timeline.advance(20 * 50 + 100).map(({ tick }) => tick)).toEqual([13, 14]);
  });

  test("waits at the last frame when the next is late, and does not run ahead", () => {
    const timeline = new Timeline(field);
    timeline.push(frame(11), 550);
    expect(xAt(timeline, 3_000)).toBe(1_100);
  });

  test("keeps an even pace where frames arrive unevenly", () => {
    const timeline = new Timeline(field);
    const places: number[] = [];
    for (let tick = 11; tick <= 110; tick++) {
      timeline.push(frame(tick), tick * 50 + (tick % 3) * 12);
      places.push(xAt(timeline, tick * 50 + 40));
    }
    const strides = places.slice(41).map((x, i) => x - (places[i + 40] ?? 0));
    expect(Math.min(...strides)).toBeGreaterThan(85);
    expect(Math.max(...strides)).toBeLessThan(115);
  });

  test("passes over frames that the field had in it, and refuses one after a gap", () => {
    const timeline = new Timeline(field);
    expect(timeline.push(frame(9), 450)).toBe(true);
    expect(timeline.push(frame(10), 500)).toBe(true);
    expect(timeline.push(frame(11), 550)).toBe(true);
    expect(timeline.push(frame(13), 650)).toBe(false);
  });

  test("holds no more frames than a few seconds' worth while nobody looks", () => {
    const timeline = new Timeline(field);
    for (let tick = 11; tick <= 1_010; tick++) timeline.push(frame(tick), tick * 50);
    expect(timeline.world.tick).toBeGreaterThan(960);
  });
});
