import type { Failure, Maximum, Push, Session, UserSession, uint8 } from "antwire/idl";

/** A flower in a bed of the garden. */
export interface Flower {
  bed: uint8;
  /** Who planted it. */
  by: string;
  /** A hue from 0 to 359. */
  hue: number;
}

/** Something grows there already. */
export interface BedTaken extends Failure {
  bed: uint8;
  by: string;
}

/** A garden of 64 beds, which all share. */
export interface Garden {
  /** All that grows in it. */
  look(session: Session): Promise<Flower[]>;
  /** Plants a flower. Only players may, as its session is a `UserSession`. @throws {BedTaken} */
  plant(session: UserSession, bed: uint8 & Maximum<63>): Promise<Flower>;
  /** A flower more. */
  readonly planted: Push<Flower>;
  /** The bed of a flower that has withered. */
  readonly withered: Push<uint8>;
}
