import type { Push, Session } from "antwire/idl";

/** Named like a class of the platform. */
export interface Event {
  toString: string;
}

/** A module with words that JavaScript keeps for itself. */
export interface MatchMaker {
  delete(session: Session, class_: string): Promise<void>;
  toString(session: Session): Promise<string>;
  catch(session: Session): Promise<void>;
  readonly default: Push<Event>;
  readonly await: Push<string>;
}

export interface X {
  a(): Promise<string>;
}

/** Their guards are called like checks of the runtime. */
export interface Text {
  lines: string[];
  isKey: boolean;
  wholeText?: Text;
}

export interface Key {
  opens: Record<string, Text>;
  isText?: Text | null;
}

export interface Y {
  b(key: Key): Promise<Text>;
}
