import { type Automaton, buildAutomaton } from "./automaton.js";
import { findDoubled, findSpread, type Pump } from "./find-pump.js";
import { isPlain } from "./is-plain.js";

/** Why matching a pattern can take more than linear time. */
export type SlowMatch =
  | {
      readonly kind: "exponential" | "polynomial";
      /** What makes it slow when it is repeated. */
      readonly pump: string;
      /** Whether it is slow because a match may begin anywhere. */
      readonly unanchored: boolean;
    }
  /** It has a part that cannot be analysed, or too many. */
  | { readonly kind: "unknown" };

// What one analysis may take; ordinary patterns take a thousandth of it.
const maxSteps = 200_000;

/**
 * Whether some text, repeated, makes a pattern slow. A pattern is slow where the same text can be matched in
 * more and more ways, and something after it makes all of them fail: then a search tries each. Finds it by
 * the pattern alone, without running it, so the answer is the same on every machine.
 *
 * @param source of a regular expression with the flag `u`
 */
export function findSlowMatch(source: string): SlowMatch | undefined {
  if (isPlain(source)) return undefined;
  const automaton = buildAutomaton(source);
  if (!automaton) return { kind: "unknown" };
  const budget = { left: maxSteps };
  const doubled = findDoubled(automaton, budget);
  if (doubled) return describe(automaton, "exponential", doubled);
  const spread = findSpread(automaton, budget);
  if (spread) return describe(automaton, "polynomial", spread);
  return budget.left > 0 ? undefined : { kind: "unknown" };
}

function describe(automaton: Automaton, kind: "exponential" | "polynomial", pump: Pump): SlowMatch {
  const text = pump.word.map((letter) => automaton.samples[letter] ?? "").join("");
  return { kind, pump: text, unanchored: pump.from === automaton.before };
}
