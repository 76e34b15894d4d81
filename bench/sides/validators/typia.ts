import typia, { TypeGuardError, type tags } from "typia";
import { answerWith, type Validator } from "./validator.js";

// A transformer replaces the calls below by functions for the types that they name: see `typia-transform.ts`.

type Text = string &
  tags.TagBase<{ target: "string"; kind: "wellFormed"; value: undefined; validate: "$input.isWellFormed()" }>;
type Uint32 = number & tags.Type<"uint32">;
type Uint16 = Uint32 & tags.Maximum<65535>;
type Uint8 = Uint32 & tags.Maximum<255>;

interface Profile {
  id: Uint32;
  name: Text;
  team: "red" | "blue" | "green";
  level: Uint8;
  points: Uint32;
  x: number;
  y: number;
  hue: Uint16;
  online: boolean;
  motto: Text;
}

interface Task {
  id: Uint32;
  title: Text;
  done: boolean;
  points: Uint16;
}

interface Weather {
  sky: "clear" | "cloudy" | "rain";
  degrees: number;
  wind: number;
}

interface Day {
  number: Uint16;
  name: Text;
  weather: Weather;
  tasks: Task[];
}

interface Entry {
  name: Text & tags.MinLength<3> & tags.MaxLength<20>;
  country: Text & tags.MaxLength<2> & tags.Pattern<"^[A-Z]{2}$">;
  age: Uint8 & tags.Minimum<13>;
  born: Date;
  rating: number & tags.Minimum<0> & tags.Maximum<3000>;
  regions: ("asia" | "europe" | "oceania")[] & tags.MinItems<1> & tags.MaxItems<3>;
  team: Text | null;
  note?: Text & tags.MaxLength<200>;
}

function validator(
  is: (value: unknown) => boolean,
  assert: (value: unknown) => unknown,
  copy: (value: unknown) => unknown,
): Validator {
  return {
    accept: is,
    copy,
    assert,
    placeOf: (error) => (error instanceof TypeGuardError ? error.path : undefined),
  };
}

const bounded = validator(
  typia.createIs<Entry>(),
  typia.createAssert<Entry>(),
  typia.misc.createAssertClone<Entry>(),
);
/** Any instance of `Date` is one to typia, and it knows no tags of dates. */
const invalidDate = (value: unknown) =>
  new TypeGuardError({ method: "assert", path: "$input.born", expected: "a valid Date", value });
const hasValidDate = (value: unknown) => !Number.isNaN((value as Entry).born.getTime());

answerWith({
  flat: validator(
    typia.createIs<Profile>(),
    typia.createAssert<Profile>(),
    typia.misc.createAssertClone<Profile>(),
  ),
  nested: validator(typia.createIs<Day>(), typia.createAssert<Day>(), typia.misc.createAssertClone<Day>()),
  bounded: {
    ...bounded,
    accept: (value) => bounded.accept(value) && hasValidDate(value),
    copy(value) {
      const copied = bounded.copy(value);
      if (!hasValidDate(copied)) throw invalidDate(value);
      return copied;
    },
    assert(value) {
      bounded.assert(value);
      if (hasValidDate(value)) return;
      throw invalidDate(value);
    },
  },
});
