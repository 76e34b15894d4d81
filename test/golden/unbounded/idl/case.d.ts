import type { MaxItems, MaxLength, Pattern, Push, Session } from "antwire/idl";

/** Sent by clients, inside and outside of other things. */
export interface Line {
  text: string;
  short: string & MaxLength<20>;
  colour: string & Pattern<"^#[0-9a-f]{6}$">;
  /** @maxLength 20 */
  author?: string | null;
  tags: string[];
  marks: (string & MaxLength<8>)[] & MaxItems<4>;
  replies: Line[] & MaxItems<3>;
  at: [x: number, y: number, ...names: string[]];
  seen: Record<string, boolean>;
  scores: Map<string, number>;
  readers: Set<string>;
  picture: Uint8Array;
  more: unknown;
  what: Shape;
}

export type Shape = { kind: "text"; text: string } | { kind: "dots"; dots: number[] };

/** Only ever sent to clients. */
export interface Page {
  lines: Line[];
  title: string;
}

export interface Talk {
  say(session: Session, line: Line, /** @maxLength 9 */ room: string, mood?: string): Promise<Page>;
  shout(session: Session, texts: (string | Line)[]): void;
  internal(text: string): Promise<void>;
  readonly said: Push<Page>;
}
