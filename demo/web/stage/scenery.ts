import { surroundingsX, surroundingsY } from "./camera.js";
import { paintAnthill } from "./scenery/anthill.js";
import { paintClover } from "./scenery/clover.js";
import { paintDaisy } from "./scenery/daisy.js";
import { paintLeaf } from "./scenery/leaf.js";
import { paintPebble } from "./scenery/pebble.js";
import { paintThicket } from "./scenery/thicket.js";
import { paintTwig } from "./scenery/twig.js";
import { seededRandom } from "./seeded-random.js";
import type { Area } from "./soil.js";

/** Paints one thing of that size around the origin. The same numbers make the same thing. */
type Painter = (context: CanvasRenderingContext2D, size: number, random: () => number) => void;

interface Thing {
  readonly paint: Painter;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly turn: number;
  readonly seed: number;
}

interface Kind {
  readonly paint: Painter;
  /** How many lie on a square decimetre. */
  readonly density: number;
  /** The radius, in units of the field. */
  readonly smallest: number;
  readonly largest: number;
  /** How many lie together. */
  readonly cluster: number;
}

/** From what lies at the bottom to what lies on top. */
const kinds: readonly Kind[] = [
  { paint: paintClover, density: 5, smallest: 260, largest: 480, cluster: 4 },
  { paint: paintPebble, density: 26, smallest: 60, largest: 170, cluster: 3 },
  { paint: paintTwig, density: 4, smallest: 900, largest: 1_900, cluster: 1 },
  { paint: paintLeaf, density: 6, smallest: 650, largest: 1_200, cluster: 1 },
  { paint: paintPebble, density: 5, smallest: 220, largest: 420, cluster: 1 },
  { paint: paintDaisy, density: 3, smallest: 230, largest: 320, cluster: 2 },
];
const squareDecimetre = 10_000 ** 2;
const anthillSize = 1_500;
/** The grass begins so far outside the field, and its tufts stand so far apart. */
const thicketGap = 420;
const thicketSpacing = 430;
const thicketSize = 720;

/** What lies on the ground. */
export class Scenery {
  readonly #things: readonly Thing[];

  constructor(width: number, height: number) {
    const random = seededRandom(2_026);
    const anthill: Thing = {
      paint: paintAnthill,
      x: width / 2,
      y: height / 2,
      size: anthillSize,
      turn: 0,
      seed: 1,
    };
    const place = { width, height, random };
    const strewn = kinds.flatMap((kind) => scatter(kind, place)).filter((thing) => !isNear(thing, anthill));
    this.#things = [anthill, ...strewn, ...surround(place)];
  }

  /** Paints what lies in an area. The context's units are those of the field. */
  paint(context: CanvasRenderingContext2D, area: Area): void {
    for (const { paint, x, y, size, turn, seed } of this.#things) {
      // Shadows and stalks reach beyond the radius.
      const reach = size * 1.5;
      if (x + reach < area.left || x - reach > area.right) continue;
      if (y + reach < area.top || y - reach > area.bottom) continue;
      context.save();
      context.translate(x, y);
      context.rotate(turn);
      paint(context, size, seededRandom(seed));
      context.restore();
    }
  }
}

function scatter(kind: Kind, place: { width: number; height: number; random(): number }): Thing[] {
  const { width, height, random } = place;
  const clusters = Math.round((kind.density * width * height) / squareDecimetre / kind.cluster);
  const things: Thing[] = [];
  for (let i = 0; i < clusters; i++) {
    const x = random() * width;
    const y = random() * height;
    for (let j = 0; j < kind.cluster; j++) {
      const angle = random() * 2 * Math.PI;
      const distance = j === 0 ? 0 : kind.largest * (1 + 1.4 * random());
      things.push({
        paint: kind.paint,
        x: x + Math.cos(angle) * distance,
        y: y + Math.sin(angle) * distance,
        size: kind.smallest + (kind.largest - kind.smallest) * random() ** 1.6,
        turn: random() * 2 * Math.PI,
        seed: Math.floor(random() * 2 ** 32),
      });
    }
  }
  return things;
}

/** Grass all around, as far as the camera sees. */
function surround(place: { width: number; height: number; random(): number }): Thing[] {
  const { width, height, random } = place;
  const stray = () => (random() - 0.5) * thicketSpacing;
  const tufts: Thing[] = [];
  for (let y = -surroundingsY - thicketSize; y < height + surroundingsY + thicketSize; y += thicketSpacing) {
    for (let x = -surroundingsX - thicketSize; x < width + surroundingsX + thicketSize; x += thicketSpacing) {
      const outside = Math.max(-x, x - width, -y, y - height);
      if (outside < thicketGap) continue;
      tufts.push({
        paint: paintThicket,
        x: x + stray(),
        y: y + stray(),
        size: thicketSize * (0.8 + 0.4 * random()),
        turn: random() * 2 * Math.PI,
        seed: Math.floor(random() * 2 ** 32),
      });
    }
  }
  return tufts;
}

function isNear(a: Thing, b: Thing): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < b.size * 0.75 + a.size;
}
