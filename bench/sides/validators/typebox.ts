import Type, { type TSchema, type TStringOptions } from "typebox";
import { Compile } from "typebox/compile";
import type { TLocalizedValidationError } from "typebox/error";
import { Clone } from "typebox/value";
import { answerWith, type Validator } from "./validator.js";

const string = (bounds: TStringOptions = {}) =>
  Type.Refine(Type.String(bounds), (text) => (text as string & { isWellFormed(): boolean }).isWellFormed());
const integer = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const date = Type.Refine(Type.Unknown(), (value) => value instanceof Date && !Number.isNaN(value.getTime()));

const profile = Type.Object({
  id: integer(0, 4294967295),
  name: string(),
  team: Type.Enum(["red", "blue", "green"]),
  level: integer(0, 255),
  points: integer(0, 4294967295),
  x: Type.Number(),
  y: Type.Number(),
  hue: integer(0, 65535),
  online: Type.Boolean(),
  motto: string(),
});

const task = Type.Object({
  id: integer(0, 4294967295),
  title: string(),
  done: Type.Boolean(),
  points: integer(0, 65535),
});

const weather = Type.Object({
  sky: Type.Enum(["clear", "cloudy", "rain"]),
  degrees: Type.Number(),
  wind: Type.Number(),
});

const day = Type.Object({ number: integer(0, 65535), name: string(), weather, tasks: Type.Array(task) });

const entry = Type.Object({
  name: string({ minLength: 3, maxLength: 20 }),
  country: string({ maxLength: 2, pattern: "^[A-Z]{2}$" }),
  age: integer(13, 255),
  born: date,
  rating: Type.Number({ minimum: 0, maximum: 3000 }),
  regions: Type.Array(Type.Enum(["asia", "europe", "oceania"]), { minItems: 1, maxItems: 3 }),
  team: Type.Union([string(), Type.Null()]),
  note: Type.Optional(string({ maxLength: 200 })),
});

/** TypeBox has nothing that throws at the first mistake without converting the value before. */
class Misfit extends Error {
  readonly error: TLocalizedValidationError | undefined;

  constructor(error: TLocalizedValidationError | undefined) {
    super(error?.message);
    this.error = error;
  }
}

function validator(schema: TSchema): Validator {
  const compiled = Compile(schema);
  return {
    accept: (value) => compiled.Check(value),
    copy(value) {
      this.assert(value);
      return Clone(value);
    },
    assert(value) {
      if (!compiled.Check(value)) throw new Misfit(compiled.Errors(value)[0]);
    },
    placeOf(misfit) {
      if (!(misfit instanceof Misfit)) return undefined;
      const { error } = misfit;
      // What is missing is not part of the path.
      return `${error?.instancePath}/${error?.keyword === "required" ? error.params.requiredProperties : ""}`;
    },
  };
}

answerWith({ flat: validator(profile), nested: validator(day), bounded: validator(entry) });
