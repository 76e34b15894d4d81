import type { MaxItems, Maximum, MaxLength, MinItems, Minimum, MinLength, Pattern, uint8 } from "antwire/idl";

/** Where one can play. */
export type Region = "asia" | "europe" | "oceania";

/** What somebody fills in to take part: texts and lists of bounded length, a date, choices. */
export interface Entry {
  name: string & MinLength<3> & MaxLength<20>;
  country: string & MaxLength<2> & Pattern<"^[A-Z]{2}$">;
  age: uint8 & Minimum<13>;
  born: Date;
  rating: number & Minimum<0> & Maximum<3000>;
  regions: Region[] & MinItems<1> & MaxItems<3>;
  team: string | null;
  note?: string & MaxLength<200>;
}

/** Nobody calls it: it stands for what validates entries. */
export interface Desk {
  enter(entry: Entry): Promise<void>;
}
