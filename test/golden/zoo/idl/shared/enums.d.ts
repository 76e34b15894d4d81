/** Counts from zero; members may refer to others. */
export declare enum Habitat {
  Water,
  Land,
  /** Both of them. */
  Shore = (1 + 2) * 10,
  Air,
}

export declare enum Diet {
  Meat = "meat",
  Plants = "plants",
  Anything = "all",
}

/** Computed, negative, and with two names for one value. */
export declare const enum Rarity {
  Common = -1,
  Rare = 1 << 4,
  VeryRare = Rare * 2,
  Precious = Rare | VeryRare,
  Treasure = Precious,
  Weighed = ~Common & 0xff,
}

/** Of one member. */
export enum Only {
  One = 1,
}

/** Numbers and texts. */
export enum Mixed {
  Zero,
  Text = "text",
}
