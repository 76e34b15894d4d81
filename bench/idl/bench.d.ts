import type { Push, Session, uint8, uint16, uint32 } from "antwire/idl";

/** A player as many games know one: ten fields, flat. */
export interface Profile {
  id: uint32;
  name: string;
  team: "red" | "blue" | "green";
  level: uint8;
  points: uint32;
  x: number;
  y: number;
  hue: uint16;
  online: boolean;
  motto: string;
}

/** Something to do. */
export interface Task {
  id: uint32;
  title: string;
  done: boolean;
  points: uint16;
}

/** What the sky does. */
export interface Weather {
  sky: "clear" | "cloudy" | "rain";
  degrees: number;
  wind: number;
}

/** A day: objects in objects and in an array. */
export interface Day {
  number: uint16;
  name: string;
  weather: Weather;
  tasks: Task[];
}

/** What the benchmarks call. */
export interface Bench {
  /** Ten fields in and out. */
  echo(session: Session, profile: Profile): Promise<Profile>;
  /** The same between modules. */
  pass(profile: Profile): Promise<Profile>;
  /** Nested objects in and out. */
  plan(session: Session, day: Day): Promise<Day>;
  /** Makes the session one of those who hear the news. */
  listen(session: Session): Promise<void>;
  /** Pushed to those who listen. */
  readonly news: Push<Profile>;
}
