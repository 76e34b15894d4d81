/** Has a name. */
export interface Named {
  /** The name itself. */
  readonly name: string;
}

/** Was born. */
interface Aged {
  age: number;
}

/** Somebody. */
export interface Person extends Named, Aged {
  friends: Person[];
  best?: Person;
}
