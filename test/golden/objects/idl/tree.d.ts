import type { Session } from "antwire/idl";
import type { Named, Person } from "./shared/person.js";

/** Contains itself. */
export interface Tree {
  label: string;
  children: Tree[];
}

export interface Even {
  odd: Odd | null;
}

export interface Odd {
  even: Even | null;
}

/** An object type under an alias. */
export type Box = { content: Tree; size: { width: number; height: number } };

/** Names that generated code has to step around. */
export interface Awkward {
  value: string;
  wire: string;
  at: string;
  args: string;
  delete: string;
  copied: string;
  "not-an-identifier": string;
  "1st": string[];
  item: string[];
  itemItem: string[];
  toString: string;
  constructor: string;
  result?: string;
  writeTree: Tree;
  pattern1: string;
  maybe?: { deep: string };
}

/** What every member of the family can do. */
interface Visitor {
  /** Inherited. */
  visit(session: Session, person: Person): Promise<Named>;
}

/** Objects go in and come out. */
export interface Forest extends Visitor {
  plant(session: Session, tree: Tree): Promise<Tree>;
  even(session: Session, even: Even): Promise<Odd>;
  box(session: Session, box: Box): Promise<Box>;
  awkward(session: Session, awkward: Awkward): Promise<Awkward>;
  /** Anonymous in, anonymous out. */
  anonymous(session: Session, given: { a: string; b?: { c: Date } }): Promise<{ d: number[] }>;
  /** Empty at first sight. */
  lax(session: Session, given: { only?: string }): Promise<void>;
}
