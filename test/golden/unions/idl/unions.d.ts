import type { Push, Session } from "antwire/idl";

export type Mood = "happy" | "sad" | "hungry";
export type Level = 1 | 2 | 3 | "max" | false;

/** Counts from zero. */
export declare enum Side {
  Left,
  Right,
  /** Jumps. */
  Up = 10,
  Down,
}

export enum Colour {
  Red = "red",
  Green = "green",
}

/** A circle. */
export interface Circle {
  kind: "circle";
  radius: number;
}

export interface Square {
  kind: "square";
  side: number;
}

/** Told apart by `kind`. */
export type Shape = Circle | Square;

export interface RedThing {
  colour: Colour.Red;
  heat: number;
}

export interface GreenThing {
  colour: Colour.Green;
  leaves: number;
}

export type Thing = RedThing | GreenThing;

export type Message =
  | { type: 1; text: string }
  | { type: 2; shape: Shape; more?: Message[] };

/** All kinds of choices. */
export interface Choices {
  mood: Mood;
  level: Level;
  side: Side;
  colour: Colour;
  onlyRed: Colour.Red;
  shape: Shape;
  thing: Thing;
  message: Message;
  inline: { ok: true; value: string } | { ok: false; error: Mood };
  moods: Mood[];
  shapes: Shape[];
  perhapsMood: Mood | null;
  perhapsSide: Side | null;
  perhapsColour?: Colour;
  perhapsShape: Shape | null;
  absentShape?: Shape;
  eitherShape?: Shape | null;
  absentSide?: Side | null;
}

/** Choices go in and come out. */
export interface ChoiceEcho {
  all(session: Session, given: Choices): Promise<Choices>;
  mood(session: Session, given: Mood): Promise<Mood>;
  side(session: Session, given: Side): Promise<Side>;
  shape(session: Session, given: Shape): Promise<Shape>;
  maybe(session: Session, given?: Shape): Promise<Shape | null>;
  readonly sides: Push<Side>;
}
