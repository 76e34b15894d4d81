import type { NumberType } from "../../generator/model/type.js";

const integers: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
};

const largestSingle = 3.4028234663852886e38;

export interface NumberRange {
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
}

/** From where to where the values of a type go, and whether they are whole. */
export function rangeOf({ format, minimum, maximum }: NumberType): NumberRange {
  const integer = integers[format];
  const end = format === "float32" ? largestSingle : Number.MAX_VALUE;
  const [from, to] = integer ?? [-end, end];
  const [min, max] = [Math.max(from, minimum ?? from), Math.min(to, maximum ?? to)];
  return integer
    ? { integer: true, min: Math.ceil(min), max: Math.floor(max) }
    : { integer: false, min, max };
}
