import * as v from "valibot";
import { answerWith, type Validator } from "./validator.js";

const isWellFormed = (text: string) => (text as string & { isWellFormed(): boolean }).isWellFormed();

const string = v.pipe(v.string(), v.check(isWellFormed));
const number = v.pipe(v.number(), v.finite());
const integer = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));

const profile = v.object({
  id: integer(0, 4294967295),
  name: string,
  team: v.picklist(["red", "blue", "green"]),
  level: integer(0, 255),
  points: integer(0, 4294967295),
  x: number,
  y: number,
  hue: integer(0, 65535),
  online: v.boolean(),
  motto: string,
});

const task = v.object({
  id: integer(0, 4294967295),
  title: string,
  done: v.boolean(),
  points: integer(0, 65535),
});

const weather = v.object({ sky: v.picklist(["clear", "cloudy", "rain"]), degrees: number, wind: number });

const day = v.object({ number: integer(0, 65535), name: string, weather, tasks: v.array(task) });

const entry = v.object({
  name: v.pipe(v.string(), v.minLength(3), v.maxLength(20), v.check(isWellFormed)),
  country: v.pipe(v.string(), v.maxLength(2), v.regex(/^[A-Z]{2}$/u), v.check(isWellFormed)),
  age: integer(13, 255),
  born: v.date(),
  rating: v.pipe(v.number(), v.minValue(0), v.maxValue(3000)),
  regions: v.pipe(v.array(v.picklist(["asia", "europe", "oceania"])), v.minLength(1), v.maxLength(3)),
  team: v.nullable(string),
  note: v.optional(v.pipe(v.string(), v.maxLength(200), v.check(isWellFormed))),
});

function validator(schema: v.GenericSchema): Validator {
  return {
    accept: (value) => v.is(schema, value),
    // What it parses, it makes anew.
    copy: (value) => v.parse(schema, value),
    assert(value) {
      v.parse(schema, value, { abortEarly: true, abortPipeEarly: true });
    },
    placeOf: (error) => (error instanceof v.ValiError ? (v.getDotPath(error.issues[0]) ?? "") : undefined),
  };
}

answerWith({ flat: validator(profile), nested: validator(day), bounded: validator(entry) });
