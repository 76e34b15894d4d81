/** Hides what generated code needs. */
export interface Map {
  tiles: string;
}

export interface Error {
  what: string;
}

export interface Promise {
  until: Date;
}
