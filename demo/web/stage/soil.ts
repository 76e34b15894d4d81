import { createNoise } from "./noise.js";
import { seededRandom } from "./seeded-random.js";
import { createSheet } from "./sheet.js";

/** The grain of the soil repeats after so many pixels of its tile. */
const tileSize = 384;
const unitsPerTone = 200;
/** Crumbs are strewn over squares of this size, each with a seed of its own. */
const crumbSquare = 1_000;
const crumbsPerSquare = 34;

/** A rectangle of the ground, in units of the field. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Paints bare earth. The context's units are those of the field. */
export class Soil {
  readonly #tones: HTMLCanvasElement;
  readonly #grain: HTMLCanvasElement;
  readonly #reach: Area;

  /** @param reach all that will ever be painted */
  constructor(reach: Area) {
    this.#reach = reach;
    this.#tones = paintTones(reach);
    this.#grain = paintGrain();
  }

  /** Paints no more than the colours: quick, and much like the whole from afar. */
  sketch(context: CanvasRenderingContext2D, area: Area): void {
    const { left, top } = this.#reach;
    context.imageSmoothingQuality = "high";
    const width = area.right - area.left;
    const height = area.bottom - area.top;
    context.drawImage(
      this.#tones,
      (area.left - left) / unitsPerTone,
      (area.top - top) / unitsPerTone,
      width / unitsPerTone,
      height / unitsPerTone,
      area.left,
      area.top,
      width,
      height,
    );
  }

  paint(context: CanvasRenderingContext2D, area: Area): void {
    // With a rim that the canvas cuts off: a picture's edge is smoothed on its own, and would be seen.
    const rim = 4 * unitsPerTone;
    this.sketch(context, {
      left: area.left - rim,
      top: area.top - rim,
      right: area.right + rim,
      bottom: area.bottom + rim,
    });
    this.#overlay(context, area, 24, 0.45);
    this.#overlay(context, area, 9, 0.38);
    paintCrumbs(context, area);
  }

  #overlay(context: CanvasRenderingContext2D, area: Area, unitsPerPixel: number, alpha: number): void {
    const pattern = context.createPattern(this.#grain, "repeat");
    if (!pattern) return;
    pattern.setTransform(new DOMMatrix().rotate(unitsPerPixel * 3).scale(unitsPerPixel));
    context.save();
    context.globalCompositeOperation = "overlay";
    context.globalAlpha = alpha;
    context.fillStyle = pattern;
    context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
    context.restore();
  }
}

/** Where the earth is damp, dry or mossy: large soft patches. */
function paintTones(reach: Area): HTMLCanvasElement {
  const width = Math.ceil((reach.right - reach.left) / unitsPerTone);
  const height = Math.ceil((reach.bottom - reach.top) / unitsPerTone);
  const sheet = createSheet(width, height);
  const image = sheet.createImageData(width, height);
  const damp = createNoise(11, 64);
  const moss = createNoise(23, 64);
  const detail = createNoise(37, 64);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 0.66 + 0.46 * damp(x / 17, y / 17) + 0.22 * (detail(x / 5, y / 5) - 0.5);
      const green =
        Math.max(0, moss(x / 13 + 7, y / 13) * 0.75 + detail(x / 4, y / 4 + 9) * 0.35 - 0.58) * 2.1;
      const offset = (y * width + x) * 4;
      image.data[offset] = light * (116 - 36 * green);
      image.data[offset + 1] = light * (82 + 13 * green);
      image.data[offset + 2] = light * (54 - 15 * green);
      image.data[offset + 3] = 255;
    }
  }
  sheet.putImageData(image, 0, 0);
  return sheet.canvas;
}

/** Grey noise of several sizes that darkens and lightens what lies below it. */
function paintGrain(): HTMLCanvasElement {
  const sheet = createSheet(tileSize, tileSize);
  const image = sheet.createImageData(tileSize, tileSize);
  const coarse = createNoise(3, 24);
  const middle = createNoise(5, 96);
  const fine = seededRandom(7);
  for (let y = 0; y < tileSize; y++) {
    for (let x = 0; x < tileSize; x++) {
      const height = 0.5 * coarse(x / 16, y / 16) + 0.42 * middle(x / 4, y / 4) + 0.08 * fine();
      const grey = 128 + (height - 0.5) * 190;
      const offset = (y * tileSize + x) * 4;
      image.data[offset] = grey;
      image.data[offset + 1] = grey;
      image.data[offset + 2] = grey;
      image.data[offset + 3] = 255;
    }
  }
  sheet.putImageData(image, 0, 0);
  return sheet.canvas;
}

function paintCrumbs(context: CanvasRenderingContext2D, area: Area): void {
  const firstColumn = Math.floor(area.left / crumbSquare);
  const firstRow = Math.floor(area.top / crumbSquare);
  for (let row = firstRow; row * crumbSquare < area.bottom; row++) {
    for (let column = firstColumn; column * crumbSquare < area.right; column++) {
      const random = seededRandom(Math.imul(row + 99, 73_856_093) ^ Math.imul(column + 99, 19_349_663));
      for (let i = 0; i < crumbsPerSquare; i++) {
        const x = (column + random()) * crumbSquare;
        const y = (row + random()) * crumbSquare;
        paintCrumb(context, x, y, random);
      }
    }
  }
}

function paintCrumb(context: CanvasRenderingContext2D, x: number, y: number, random: () => number): void {
  const size = 7 + 26 * random() ** 3;
  const turn = random() * Math.PI;
  const lightness = 20 + random() * 26;
  context.fillStyle = "rgb(12 6 3 / 0.4)";
  context.beginPath();
  context.ellipse(x + size * 0.4, y + size * 0.5, size, size * 0.7, turn, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = `hsl(${24 + random() * 14} ${18 + random() * 16}% ${lightness}%)`;
  context.beginPath();
  context.ellipse(x, y, size, size * 0.7, turn, 0, 2 * Math.PI);
  context.fill();
}
