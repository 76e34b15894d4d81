import type { Ant, Sugar } from "../../idl/arena.js";
import { wrapAngle } from "../game/heading.js";
import { antSpeed, antTurn } from "../game/rules.js";
import type { World } from "../game/world.js";

/** Where an ant of some character wants to go: a direction in radians. */
export type Temperament = (self: Ant, world: World) => number;

/** What an ant can care for most. */
export const temperaments = { gatherer, connoisseur, wanderer, follower } as const;

/** An ant cannot take what lies inside the circle of its sharpest turn: it would run round it for ever. */
const turnRadius = antSpeed / antTurn;
const shyness = 900;
/** Within this distance of an ant sugar is its own, unless somebody is closer. */
const courtesy = 1_400;

/** Takes the grain that is reached soonest. */
function gatherer(): Temperament {
  return (self, world) =>
    towards(
      self,
      best(self, world, 1_000_000, (cost) => 1 / cost),
    ) ?? self.heading;
}

/** Goes a long way for a large crystal. */
function connoisseur(): Temperament {
  return (self, world) =>
    towards(
      self,
      best(self, world, 1_000_000, (cost, { worth }) => worth ** 1.4 / (cost + 900)),
    ) ?? self.heading;
}

/** Strolls, and takes what lies by the way. */
function wanderer(random: () => number): Temperament {
  let drift = random() * 2 * Math.PI;
  return (self, world) => {
    const grain = best(self, world, 1_300, (cost) => 1 / cost);
    drift += (random() - 0.5) * 0.9;
    if (isAtEdge(self, world)) drift = Math.atan2(world.height / 2 - self.y, world.width / 2 - self.x);
    return towards(self, grain) ?? drift;
  };
}

/** Walks behind somebody else, for a while each. */
function follower(random: () => number): Temperament {
  let leader: number | undefined;
  let patience = 0;
  return (self, world) => {
    if (patience-- <= 0 || leader === undefined || !world.ants.has(leader)) {
      leader = pickOther(self, world, random);
      patience = 30 + random() * 60;
    }
    const ahead = leader === undefined ? undefined : world.ants.get(leader);
    const grain = best(self, world, ahead ? 800 : 1_000_000, (cost) => 1 / cost);
    if (grain || !ahead) return towards(self, grain) ?? self.heading;
    const x = ahead.x - Math.cos(ahead.heading) * 700;
    const y = ahead.y - Math.sin(ahead.heading) * 700;
    return Math.atan2(y - self.y, x - self.x);
  };
}

/** The grain that is valued most, by the way to it and what it is. */
function best(
  self: Ant,
  world: World,
  reach: number,
  value: (cost: number, grain: Sugar) => number,
): Sugar | undefined {
  let found: Sugar | undefined;
  let highest = 0;
  for (const grain of world.sugar.values()) {
    const distance = Math.hypot(grain.x - self.x, grain.y - self.y);
    if (distance > reach) continue;
    const turn = Math.abs(wrapAngle(Math.atan2(grain.y - self.y, grain.x - self.x) - self.heading));
    if (turn > 0.6 && distance < 2 * turnRadius * Math.sin(turn / 2) + 120) continue;
    const worth = value(distance + turn * turnRadius * 1.5 + 1, grain);
    if (worth <= highest || isOthers(grain, self, world)) continue;
    highest = worth;
    found = grain;
  }
  return found;
}

/** Whether somebody else is close to a grain and closer than oneself: it would be rude, and in vain. */
function isOthers(grain: Sugar, self: Ant, world: World): boolean {
  const own = (grain.x - self.x) ** 2 + (grain.y - self.y) ** 2;
  const nearest = Math.min(own, courtesy ** 2);
  for (const ant of world.ants.values()) {
    if (ant.id !== self.id && (grain.x - ant.x) ** 2 + (grain.y - ant.y) ** 2 < nearest) return true;
  }
  return false;
}

function towards(self: Ant, target: { x: number; y: number } | undefined): number | undefined {
  return target && Math.atan2(target.y - self.y, target.x - self.x);
}

function isAtEdge(self: Ant, world: World): boolean {
  const { x, y } = self;
  return x < shyness || y < shyness || x > world.width - shyness || y > world.height - shyness;
}

function pickOther(self: Ant, world: World, random: () => number): number | undefined {
  const others = [...world.ants.keys()].filter((id) => id !== self.id);
  return others[Math.floor(random() * others.length)];
}
