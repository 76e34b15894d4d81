import { _, Ajv, type KeywordCxt, type SchemaObject } from "ajv";
import { answerWith, type Validator } from "./validator.js";

// Lengths count UTF-16 units, which is the quicker way too; ajv logs that it would rather not.
const ajv = new Ajv({ unicode: false, logger: false });

// JSON Schema has neither dates nor whole characters. These become part of the compiled function.
ajv.addKeyword({
  keyword: "wellFormed",
  type: "string",
  code: (context: KeywordCxt) => context.fail(_`!${context.data}.isWellFormed()`),
});
ajv.addKeyword({
  keyword: "validDate",
  code: (context: KeywordCxt) =>
    context.fail(_`!(${context.data} instanceof Date) || isNaN(${context.data}.getTime())`),
});

const string = (bounds: SchemaObject = {}) => ({ type: "string", ...bounds, wellFormed: true });
const integer = (minimum: number, maximum: number) => ({ type: "integer", minimum, maximum });
const number = { type: "number" };
const boolean = { type: "boolean" };

function object(properties: Record<string, SchemaObject>, optional: Record<string, SchemaObject> = {}) {
  const required = Object.keys(properties);
  return { type: "object", properties: { ...properties, ...optional }, required };
}

const profile = object({
  id: integer(0, 4294967295),
  name: string(),
  team: { enum: ["red", "blue", "green"] },
  level: integer(0, 255),
  points: integer(0, 4294967295),
  x: number,
  y: number,
  hue: integer(0, 65535),
  online: boolean,
  motto: string(),
});

const task = object({
  id: integer(0, 4294967295),
  title: string(),
  done: boolean,
  points: integer(0, 65535),
});

const weather = object({ sky: { enum: ["clear", "cloudy", "rain"] }, degrees: number, wind: number });

const day = object({
  number: integer(0, 65535),
  name: string(),
  weather,
  tasks: { type: "array", items: task },
});

const entry = object(
  {
    name: string({ minLength: 3, maxLength: 20 }),
    country: string({ maxLength: 2, pattern: "^[A-Z]{2}$" }),
    age: integer(13, 255),
    born: { validDate: true },
    rating: { type: "number", minimum: 0, maximum: 3000 },
    regions: { type: "array", items: { enum: ["asia", "europe", "oceania"] }, minItems: 1, maxItems: 3 },
    team: string({ nullable: true }),
  },
  { note: string({ maxLength: 200 }) },
);

function validator(schema: SchemaObject): Validator {
  const validate = ajv.compile(schema);
  return {
    accept: validate,
    copy(value) {
      this.assert(value);
      return structuredClone(value);
    },
    assert(value) {
      if (!validate(value)) throw new Ajv.ValidationError(validate.errors ?? []);
    },
    placeOf(error) {
      if (!(error instanceof Ajv.ValidationError)) return undefined;
      const [first] = error.errors;
      // What is missing is not part of the path.
      return `${first?.instancePath}/${first?.params?.missingProperty ?? ""}`;
    },
  };
}

answerWith({ flat: validator(profile), nested: validator(day), bounded: validator(entry) });
