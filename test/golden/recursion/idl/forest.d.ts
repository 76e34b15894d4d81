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

export interface Forest {
  grow(trees: Tree[]): Promise<Tree[]>;
  cut(branches: Branch[] & MaxItems<8>): Promise<Json[]>;
  play(ping: Ping): Promise<Pong[]>;
}
