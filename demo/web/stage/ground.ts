import { type Camera, surroundingsX, surroundingsY } from "./camera.js";
import { Scenery } from "./scenery.js";
import { createSheet } from "./sheet.js";
import { type Area, Soil } from "./soil.js";
import { Sunlight } from "./sunlight.js";

/** The ground is painted once, in squares of so many pixels of the screen, as they come into sight. */
const tilePixels = 512;
const maxTiles = 48;
/** A tile takes tens of milliseconds on a slow machine, and the ants shall not wait for all of them. */
const paintedPerFrame = 1;
/** Makes what is only sketched as dark as what is painted. */
const shade = "rgb(24 13 6 / 0.3)";

/** Earth, pebbles, leaves: all that never moves. */
export class Ground {
  readonly #soil: Soil;
  readonly #scenery: Scenery;
  readonly #sunlight = new Sunlight();
  /** In the order of their last use. */
  readonly #tiles = new Map<string, HTMLCanvasElement>();
  #pixelsPerUnit = 0;

  constructor(width: number, height: number) {
    this.#soil = new Soil({
      left: -2 * surroundingsX,
      top: -2 * surroundingsY,
      right: width + 2 * surroundingsX,
      bottom: height + 2 * surroundingsY,
    });
    this.#scenery = new Scenery(width, height);
  }

  /**
   * Draws what the camera sees.
   *
   * @param ratio pixels of the screen for each CSS pixel
   */
  draw(context: CanvasRenderingContext2D, camera: Camera, ratio: number): void {
    const pixelsPerUnit = camera.scale * ratio;
    if (pixelsPerUnit !== this.#pixelsPerUnit) {
      this.#tiles.clear();
      this.#pixelsPerUnit = pixelsPerUnit;
    }
    // Whole pixels: tiles at fractions of pixels show seams.
    const originX = Math.round(camera.screenX(0) * ratio);
    const originY = Math.round(camera.screenY(0) * ratio);
    const { width, height } = context.canvas;
    const size = tilePixels / pixelsPerUnit;
    let painted = 0;
    for (let row = Math.floor(-originY / tilePixels); row * tilePixels + originY < height; row++) {
      for (let column = Math.floor(-originX / tilePixels); column * tilePixels + originX < width; column++) {
        let tile = this.#tiles.get(`${column},${row}`);
        if (!tile && painted++ < paintedPerFrame) tile = this.#paint(column, row);
        if (tile) {
          this.#keep(column, row, tile);
          context.setTransform(1, 0, 0, 1, 0, 0);
          context.drawImage(tile, column * tilePixels + originX, row * tilePixels + originY);
        } else {
          context.setTransform(pixelsPerUnit, 0, 0, pixelsPerUnit, originX, originY);
          this.#soil.sketch(context, areaOf(column, row, size));
          context.fillStyle = shade;
          context.fillRect(column * size, row * size, size, size);
        }
      }
    }
  }

  #keep(column: number, row: number, tile: HTMLCanvasElement): void {
    const key = `${column},${row}`;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= maxTiles) break;
      this.#tiles.delete(oldest);
    }
  }

  #paint(column: number, row: number): HTMLCanvasElement {
    const context = createSheet(tilePixels, tilePixels);
    const scale = this.#pixelsPerUnit;
    const area = areaOf(column, row, tilePixels / scale);
    context.setTransform(scale, 0, 0, scale, -column * tilePixels, -row * tilePixels);
    this.#soil.paint(context, area);
    this.#scenery.paint(context, area);
    this.#sunlight.paint(context, area);
    return context.canvas;
  }
}

function areaOf(column: number, row: number, size: number): Area {
  return { left: column * size, top: row * size, right: (column + 1) * size, bottom: (row + 1) * size };
}
