import { createRequire } from "node:module";
import type { CharSet, Concatenation, Element, Quantifier } from "refa";
import {
  attempt,
  character,
  either,
  endOnly,
  nothing,
  optional,
  type Part,
  repeat,
  type Steps,
  sequence,
  startOnly,
} from "./part.js";

/** A pattern as a search through it goes: states, and the steps between them. */
export interface Automaton {
  readonly states: readonly State[];
  /** Where a search stands before the match begins, and can stay; undefined for a pattern with `^` before all. */
  readonly before: number | undefined;
  /** One character for each kind that the pattern tells apart. */
  readonly samples: readonly string[];
  /** Whether some condition (a lookaround, a word's edge) was left out, so that no match is certain. */
  readonly conditional: boolean;
}

export interface State {
  /** Kinds of characters that lead here, as indices of `samples`. */
  readonly kinds: ReadonlySet<number>;
  /** How many ways (1, or 2 for more) there are to each state that may follow. */
  readonly steps: ReadonlyMap<number, number>;
  /** Whether the match is complete here: whatever follows, or only where nothing does. */
  readonly accepts: "always" | "at-end" | "never";
}

// What is repeated more often is taken for repeated without end. Ten thousand steps are no harm.
const maxRounds = 100;
const fewRounds = 3;
const maxCombinations = 10_000;
const maxStates = 500;

/** Builds the automaton of a pattern; undefined where it has something that automata do not know. */
export function buildAutomaton(source: string): Automaton | undefined {
  // Loaded late, because few patterns need it and loading takes longer than a small IDL.
  const { CharBase, CharSet, JS } = createRequire(import.meta.url)("refa") as typeof import("refa");
  const literal = { source, flags: "u" };
  const { expression, maxCharacter } = JS.Parser.fromLiteral(literal).parse({ backreferences: "unknown" });
  const builder = new Builder();
  const part = builder.alternatives(expression.alternatives);
  if (!part) return undefined;
  const base = new CharBase([CharSet.all(maxCharacter), ...builder.sets]);
  const states = builder.sets.map((set, state): State => {
    const steps = builder.steps.get(state) ?? new Map<number, number>();
    return { kinds: new Set(base.split(set)), steps, accepts: acceptsAt(part, state) };
  });
  const anywhere = part.first[0] ?? new Map<number, number>();
  const before = anywhere.size === 0 ? undefined : states.length;
  if (before !== undefined) {
    const kinds = new Set(base.sets.keys());
    states.push({ kinds, steps: new Map([...anywhere, [before, 1]]), accepts: "never" });
  }
  return { states, before, samples: base.sets.map(sampleOf), conditional: builder.conditional };
}

function acceptsAt({ last }: Part, state: number): State["accepts"] {
  if (last[0]?.has(state)) return "always";
  return last[1]?.has(state) ? "at-end" : "never";
}

class Builder {
  /** The characters of each state. */
  readonly sets: CharSet[] = [];
  readonly steps: Steps = new Map();
  conditional = false;

  alternatives(alternatives: readonly Concatenation[]): Part | undefined {
    let whole: Part | undefined;
    for (const alternative of alternatives) {
      const part = this.#concatenation(alternative);
      if (!part) return undefined;
      whole = whole ? either(whole, part) : part;
    }
    return whole;
  }

  #concatenation({ elements }: Concatenation): Part | undefined {
    let whole = nothing();
    for (const element of elements) {
      const part = this.#element(element);
      if (!part) return undefined;
      whole = sequence(whole, part, this.steps);
    }
    return whole;
  }

  #element(element: Element): Part | undefined {
    switch (element.type) {
      case "CharacterClass":
        this.sets.push(element.characters);
        return character(this.sets.length - 1);
      case "Alternation": {
        const part = this.alternatives(element.alternatives);
        const conditions = element.alternatives.every(({ elements }) => elements.every(isAssertion));
        // Conditions such as those of a word's edge exclude each other: there is one way through.
        return part && conditions ? { ...part, empty: part.empty.map((ways) => Math.min(ways, 1)) } : part;
      }
      case "Quantifier":
        return this.#quantifier(element);
      case "Assertion": {
        if (element.negate && isAnyCharacter(element.alternatives)) {
          return nothing(element.kind === "ahead" ? endOnly : startOnly);
        }
        this.conditional = true;
        // Of a lookbehind only the length matters, since it is tried at each place.
        if (element.kind === "behind")
          return lengths(element.alternatives).most > maxRounds ? undefined : nothing();
        const tried = this.alternatives(element.alternatives);
        return tried && attempt(tried);
      }
      case "Unknown":
        return undefined;
    }
  }

  #quantifier({ alternatives, min, max }: Quantifier): Part | undefined {
    const exact = isSmall(lengths(alternatives), max);
    // A bound that is beyond reach is none.
    const rounds = exact ? min : Math.min(min, fewRounds);
    let whole = nothing();
    for (let round = 0; round < rounds; round++) {
      const part = this.alternatives(alternatives);
      if (!part) return undefined;
      whole = sequence(whole, part, this.steps);
    }
    const rest = exact ? this.#upTo(alternatives, max - rounds) : this.#unbounded(alternatives, min);
    return rest && sequence(whole, rest, this.steps);
  }

  #unbounded(alternatives: readonly Concatenation[], min: number): Part | undefined {
    const part = this.alternatives(alternatives);
    // Rounds that have to be may match nothing, so which of them match something is open: `(a?){30}`.
    return part && repeat(part, this.steps, min > 1 && part.empty[0] !== 0 ? 2 : 1);
  }

  /** `a{0,3}` as `(a(aa?)?)?`, in which each length has one way. */
  #upTo(alternatives: readonly Concatenation[], rounds: number): Part | undefined {
    let rest: Part | undefined = nothing();
    for (let round = 0; round < rounds; round++) {
      const part = this.alternatives(alternatives);
      if (!part || !rest) return undefined;
      rest = optional(sequence(part, rest, this.steps));
    }
    return rest;
  }
}

function isAssertion({ type }: Element): boolean {
  return type === "Assertion";
}

function isAnyCharacter([alternative, ...others]: readonly Concatenation[]): boolean {
  const [element, ...more] = alternative?.elements ?? [];
  return (
    others.length === 0 && more.length === 0 && element?.type === "CharacterClass" && element.characters.isAll
  );
}

/** How many characters something takes. */
interface Lengths {
  readonly least: number;
  readonly most: number;
}

/** Whether so many rounds can be written out, and be combined in so few ways that they are no loop. */
function isSmall({ least, most }: Lengths, rounds: number): boolean {
  if (most === Number.POSITIVE_INFINITY) return rounds <= fewRounds;
  return rounds <= maxRounds && most * rounds <= maxStates && (most - least + 1) ** rounds <= maxCombinations;
}

function lengths(alternatives: readonly Concatenation[]): Lengths {
  const all = alternatives.map(({ elements }) => elements.map(lengthOf));
  return {
    least: Math.min(...all.map((parts) => parts.reduce((sum, { least }) => sum + least, 0))),
    most: Math.max(...all.map((parts) => parts.reduce((sum, { most }) => sum + most, 0))),
  };
}

function lengthOf(element: Element): Lengths {
  switch (element.type) {
    case "CharacterClass":
      return { least: 1, most: 1 };
    case "Alternation":
      return lengths(element.alternatives);
    case "Quantifier": {
      const { least, most } = lengths(element.alternatives);
      return { least: least * element.min, most: most === 0 ? 0 : most * element.max };
    }
    case "Assertion":
    case "Unknown":
      return { least: 0, most: 0 };
  }
}

/** The character of a set that people read best. */
function sampleOf(set: CharSet): string {
  for (const preferred of "aA0 -_.x") {
    if (set.has(preferred.codePointAt(0) ?? 0)) return preferred;
  }
  const ranges = set.ranges;
  const printable = ranges.find(({ max }) => max > 0x20);
  return String.fromCodePoint(Math.max(printable?.min ?? 0, printable ? 0x21 : (ranges[0]?.min ?? 0)));
}
