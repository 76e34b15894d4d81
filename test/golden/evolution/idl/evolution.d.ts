import type { Session } from "antwire/idl";

/** Had the fields `first`, `gone` and `second`. */
export interface Record_ {
  added: string;
  second: string;
  first: string;
}

export interface B {
  kind: "b";
}

export interface C {
  kind: "c";
}

/** Had the members `a` and `b`. */
export type Either = C | B;

export interface Keeper {
  keep(session: Session, record: Record_, either: Either): Promise<void>;
}
