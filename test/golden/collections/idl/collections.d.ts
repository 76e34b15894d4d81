import type { MaxItems, MinItems, Push, Session, uint8 } from "antwire/idl";

export interface Point {
  x: number;
  y: number;
}

/** Everything that holds many. */
export interface Collections {
  words: string[];
  numbers: readonly uint8[];
  dates: Date[];
  points: Point[];
  grid: number[][];
  deep: Point[][];
  maybes: (string | null)[];
  perhapsPoints: (Point | null)[];
  pair: [string, number];
  shaped: readonly [Date, Point, string[]];
  counts: Record<string, uint8>;
  places: Record<string, Point>;
  lists: Record<string, Point[]>;
  open: { [name: string]: Date };
  few: Point[] & MinItems<1> & MaxItems<3>;
  /** @maxItems 2 */
  two: string[];
  perhaps: string[] | null;
  absent?: Point[];
  either?: Record<string, Point> | null;
}

/** Collections go in and come out. */
export interface CollectionEcho {
  all(session: Session, given: Collections): Promise<Collections>;
  words(session: Session, given: string[]): Promise<string[]>;
  points(session: Session, given: Point[]): Promise<Point[]>;
  pairs(session: Session, given: [Point, Point][]): Promise<[Point, Point][]>;
  lookup(session: Session, given: Record<string, Point>): Promise<Record<string, Point> | null>;
  readonly many: Push<Point[]>;
}
