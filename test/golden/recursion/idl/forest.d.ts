import type { MaxItems } from "antwire/idl";

/** A tree: its own array is met before the tree is. */
export interface Tree {
  children: Tree[];
}

export interface Branch {
  twigs: Branch[] & MaxItems<8>;
}

export type Json = string | number | Json[];

export interface Ping {
  answer?: Pong;
}

export interface Pong {
  answers: Map<string, Ping>;
}

export interface Words {
  lists?: string[][];
  counts?: Map<string, string[]>;
}

/** With other things that nest beside what has no end. */
export interface Knot {
  words?: Words | null;
  rest?: [first: Knot, ...more: Words[]];
  named?: Record<string, Knot>;
  kept?: Set<Knot>;
  anything?: unknown;
}

export interface Forest {
  grow(trees: Tree[]): Promise<Tree[]>;
  cut(branches: Branch[] & MaxItems<8>): Promise<Json[]>;
  play(ping: Ping): Promise<Pong[]>;
  tie(knot: Knot): Promise<Knot | null>;
}
