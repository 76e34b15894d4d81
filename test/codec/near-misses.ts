import fc from "fast-check";
import type { ObjectDefinition, UnionDefinition } from "../../generator/model/declaration.js";
import type { ArrayType, MapType, RecordType, RefType, TupleType, Type } from "../../generator/model/type.js";
import { arbitraryOf, keysOf } from "./arbitrary.js";
import type { Path } from "./refusal.js";
import { type ArgumentsShape, type Declarations, definitionOf, type Shape, takesNull } from "./shape.js";
import { kindOf, wireOf } from "./wire.js";
import type { Side } from "./wrong-values.js";
import * as wrong from "./wrong-values.js";

/** A value with one thing wrong. */
export interface Miss {
  readonly value: unknown;
  /** Where it is wrong. */
  readonly path: Path;
}

/** What almost fits a shape. */
export function nearMisses(shape: Shape, declarations: Declarations, side: Side): fc.Arbitrary<Miss> {
  const search = new Search(declarations, side);
  return fc.oneof(...(shape.kind === "arguments" ? search.ofArguments(shape) : search.inPlace(shape, 3)));
}

type Misses = readonly fc.Arbitrary<Miss>[];

/** Collects the ways in which values can be wrong; down to a depth, which ends recursion. */
class Search {
  readonly #declarations: Declarations;
  readonly #side: Side;

  constructor(declarations: Declarations, side: Side) {
    this.#declarations = declarations;
    this.#side = side;
  }

  ofArguments(shape: ArgumentsShape): Misses {
    const whole = this.#valid(shape, 3);
    const inside = shape.parameters.flatMap(({ name, type, optional }, i) =>
      this.#member(type, optional, 3).map((miss) => put(whole, miss, name, i)),
    );
    return [...this.#otherThan("array"), ...inside];
  }

  /** Of a value that has to stand somewhere: it may also be missing. */
  inPlace(type: Type, depth: number): Misses {
    const isNil = this.#side === "wire" && takesNull(type);
    const missing = here(...(isNil ? [] : [undefined]), ...(takesNull(type) ? [] : [null]));
    return [...this.#of(type, depth), ...missing];
  }

  /** Of a field or a parameter. */
  #member(type: Type, optional: boolean, depth: number): Misses {
    if (!optional) return this.inPlace(type, depth);
    const misses = this.#of(type, depth);
    if (this.#side === "value") return takesNull(type) ? misses : [...misses, ...here(null)];
    // Nil is for what is absent. What may be null as well stands in an array of its own.
    return takesNull(type)
      ? [...this.#otherThan("array"), ...misses.map((miss) => within(miss, (it) => [it]))]
      : misses;
  }

  /** Of a value that is there. */
  #of(type: Type, depth: number): Misses {
    switch (type.kind) {
      case "string":
        return [...this.#otherThan("string"), ...here(...wrong.wrongStrings(type))];
      case "number":
        return [...this.#otherThan("number"), ...here(...wrong.wrongNumbers(type))];
      case "bigint":
        return here(...wrong.wrongBigints(type, this.#side));
      case "boolean":
        return this.#otherThan("boolean");
      case "null":
        return this.#otherThan();
      case "date":
        return here(...wrong.wrongDates(this.#side));
      case "bytes":
        return this.#otherThan("Uint8Array");
      case "unknown":
        return this.#ofUnknown();
      case "literals":
        return here(...wrong.otherThanThese(type.values, this.#side));
      case "array":
        return this.#ofArray(type, depth);
      case "tuple":
        return this.#ofTuple(type, depth);
      case "record":
        return this.#ofRecord(type, depth);
      case "map":
        return this.#ofMap(type, depth);
      case "set":
        return this.#collected("Set", this.inPlace(type.item, depth), (items) => new Set(items as unknown[]));
      case "nullable":
        return this.#of(type.type, depth);
      case "ref":
        return this.#ofDeclared(type, depth);
    }
  }

  #ofUnknown(): Misses {
    const plain = ["string", "number", "boolean", "Uint8Array", "array", "object"];
    const misses = here(...wrong.otherThan(this.#side, ...plain), Number.NaN, Infinity);
    return [
      ...misses,
      ...misses.map((miss) => put(fc.constant([]), miss, 0)),
      ...misses.map((miss) => put(fc.constant({}), miss, "a key")),
      ...wrongKeys,
    ];
  }

  #ofArray({ item, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: ArrayType, depth: number): Misses {
    const items = (minLength: number, maxLength = minLength) =>
      fc.array(this.#valid(item, depth), { minLength, maxLength });
    const wrongLengths = [minItems - 1, maxItems + 1].filter((length) => length >= 0 && length < Infinity);
    const some = items(Math.max(minItems, 1), Math.max(Math.min(minItems + 3, maxItems), 1));
    const inside = maxItems === 0 ? [] : this.inPlace(item, depth).map((miss) => put(some, miss, 0));
    return [
      ...this.#otherThan("array"),
      ...wrongLengths.map((length) => items(length).map(asMiss)),
      ...inside,
    ];
  }

  #ofTuple(type: TupleType, depth: number): Misses {
    const whole = this.#valid(type, depth) as fc.Arbitrary<unknown[]>;
    const required = type.items.filter((item) => !item.optional).length;
    const tooShort = required === 0 ? [] : [whole.map((items) => asMiss(items.slice(0, required - 1)))];
    // On the wire a longer tail is ignored.
    const isOpen = type.rest !== undefined || this.#side === "wire";
    const tooLong = isOpen ? [] : [whole.map((items) => asMiss([...items, ...type.items, 7]))];
    const inside = type.items.flatMap((item, i) =>
      this.inPlace(item.type, depth).map((miss) =>
        put(
          whole.filter((items) => items.length >= i),
          miss,
          i,
        ),
      ),
    );
    return [...this.#otherThan("array"), ...tooShort, ...tooLong, ...inside];
  }

  #ofRecord(type: RecordType, depth: number): Misses {
    const whole = this.#valid(type, depth);
    const inside = this.inPlace(type.value, depth).flatMap((miss) => {
      if (!type.key) return [put(whole, miss, "key"), put(whole, miss, "")];
      const keys = keysOf(arbitraryOf(type.key, this.#declarations));
      return [keys.chain((key) => put(whole, miss, key))];
    });
    const keys = type.key?.kind === "string" ? wrong.wrongStrings(type.key) : [];
    const underWrong = keys.map((key) => put(fc.constant({}), fc.constant(asMiss(null)), key));
    return [...this.#otherThan("object"), ...inside, ...underWrong, ...wrongKeys];
  }

  #ofMap({ key, value }: MapType, depth: number): Misses {
    const entry = fc.tuple(this.#valid(key, depth), this.#valid(value, depth));
    const keys = this.inPlace(key, depth).map((miss) => put(entry, miss, 0));
    const values = this.inPlace(value, depth).map((miss) => put(entry, miss, 1));
    const noPairs = this.#side === "wire" ? [...this.#otherThan("array"), ...here([])] : [];
    return this.#collected(
      "Map",
      [...keys, ...values, ...noPairs],
      (entries) => new Map(entries as [unknown, unknown][]),
    );
  }

  /** Of a container whose first element is wrong. On the wire it is an array. */
  #collected(kind: string, elements: Misses, collect: (elements: unknown) => unknown): Misses {
    const arrays = elements.map((miss) => put(fc.constant([]), miss, 0));
    if (this.#side === "wire") return [...this.#otherThan("array"), ...arrays];
    return [...this.#otherThan(kind), ...arrays.map((miss) => within(miss, collect))];
  }

  #ofDeclared(type: RefType, depth: number): Misses {
    const definition = definitionOf(type.name, this.#declarations);
    switch (definition.kind) {
      case "enum": {
        const values = definition.members.map((member) => member.value);
        // The object that stands for an enum of numbers has their names as values too.
        const names = definition.members.map((member) => member.name);
        const others = wrong.otherThanThese(values, this.#side);
        return here(...others, ...names.filter((name) => !values.includes(name)));
      }
      case "object":
        return this.#ofObject(definition, this.#valid(type, depth), depth - 1);
      case "union":
        return this.#side === "wire"
          ? this.#ofUnionOnWire(definition, depth - 1)
          : this.#ofUnion(definition, depth - 1);
    }
  }

  #ofObject({ fields }: ObjectDefinition, whole: fc.Arbitrary<unknown>, depth: number): Misses {
    const isWire = this.#side === "wire";
    const inside = (depth < 0 ? [] : fields).flatMap(({ name, type, optional, position }) =>
      this.#member(type, optional, depth).map((miss) => put(whole, miss, name, isWire ? position : name)),
    );
    if (isWire) return [...this.#otherThan("array"), ...inside];
    // Other objects may happen to have the fields. An array never has, unless all may be absent.
    const isLax = fields.every((field) => field.optional);
    return [...this.#primitives(), ...(isLax ? here([]) : []), ...inside];
  }

  #ofUnion({ discriminant, members, literals }: UnionDefinition, depth: number): Misses {
    const kinds: string[] = members.map((member) => member.kind);
    const others = wrong
      .otherThan("value", ...kinds)
      .filter((sample) => !literals.some((literal) => literal === sample))
      // Taken for the member that is an object.
      .filter((sample) => !(kinds.includes("object") && typeof sample === "object"));
    const tags = members.flatMap((member) => (member.tags ?? []).map((tag) => `${tag} `));
    const untagged =
      discriminant === undefined
        ? []
        : here(...tags, undefined, null, {}).map((miss) => put(fc.constant({}), miss, discriminant));
    const inside = (depth < 0 ? [] : members).flatMap((member) =>
      this.#of(member.type, depth).map((misses) =>
        misses.map((miss) => {
          const isSameMember =
            miss.path.length === 0 ? kindOf(miss.value) === member.kind : miss.path[0] !== discriminant;
          return isSameMember ? miss : asMiss(wrong.misfit);
        }),
      ),
    );
    return [...here(...others), ...untagged, ...inside];
  }

  #ofUnionOnWire({ members, literals }: UnionDefinition, depth: number): Misses {
    const others = wrong
      .otherThan("wire", "array")
      .filter((sample) => !literals.some((literal) => literal === sample));
    const used = members.map((member) => member.position);
    const unused = [...Array(Math.max(...used) + 2).keys()].filter((index) => !used.includes(index));
    const unknown = [...unused, -1, 0.5, "0", null].map((index) => [index, [null]]);
    const inside = (depth < 0 ? [] : members).flatMap((member) =>
      this.inPlace(member.type, depth).map((miss) => within(miss, (value) => [member.position, value])),
    );
    return [...here(...others, [], ...unknown), ...inside];
  }

  #valid(shape: Shape, depth: number): fc.Arbitrary<unknown> {
    const values = arbitraryOf(shape, this.#declarations, depth);
    return this.#side === "value" ? values : values.map((value) => wireOf(shape, value, this.#declarations));
  }

  #otherThan(...kinds: readonly string[]): Misses {
    return here(...wrong.otherThan(this.#side, ...kinds));
  }

  #primitives(): Misses {
    return here(...wrong.otherThan(this.#side).filter((sample) => typeof sample !== "object"));
  }
}

const asMiss = (value: unknown): Miss => ({ value, path: [] });

const here = (...values: readonly unknown[]): Misses =>
  values.length === 0 ? [] : [fc.constantFrom(...values).map(asMiss)];

/** The same miss in something that the path does not name. */
const within = (misses: fc.Arbitrary<Miss>, wrap: (value: unknown) => unknown) =>
  misses.map(({ value, path }) => ({ value: wrap(value), path }));

/**
 * Puts what is wrong into a whole that is right.
 *
 * @param name what refusals call the place
 * @param key what the place is called in the whole
 */
function put(
  whole: fc.Arbitrary<unknown>,
  misses: fc.Arbitrary<Miss>,
  name: string | number,
  key = name,
): fc.Arbitrary<Miss> {
  return fc.tuple(whole, misses).map(([whole, { value, path }]) => {
    const holder = Array.isArray(whole) ? [...whole] : { ...(whole as object) };
    // Assignment to `__proto__` would do something else.
    Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
    return { value: holder, path: [name, ...path] };
  });
}

/** A key that sets the prototype of the object that it is assigned to, and one that has no form in UTF-8. */
const wrongKeys = ["__proto__", "\ud83d"].map((key) => put(fc.constant({}), fc.constant(asMiss(null)), key));
