import { describe, expect, it } from "vitest";
import { findSlowMatch } from "../../generator/read/pattern/find-slow-match.js";
import { isPlain } from "../../generator/read/pattern/is-plain.js";

const linear = [
  "^[a-z]+$",
  "^#[0-9a-f]{6}$",
  String.raw`^[\p{L}\p{N} _-]{1,20}$`,
  "^(?:[a-z]+-)*[a-z]+$",
  String.raw`^[\w.+-]+@[\w-]+\.[\w.-]+$`,
  String.raw`^[\w-]+(?:\.[\w-]+)*$`,
  String.raw`^(?=.*\d)(?=.*[a-z]).{8,}$`,
  "^(?!.*--)[a-z-]+$",
  String.raw`^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$`,
  "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
  String.raw`^(?:[^"\\]|\\.)*$`,
  String.raw`^\S(?:.*\S)?$`,
  "^[^]*-[^]*$",
  String.raw`^(['"])[a-z]+\1$`,
  String.raw`\bfoo\b`,
  "a+",
  "",
];

const polynomial = [
  "^a*a*$",
  String.raw`^\w*\d+$`,
  "^.*a.*b.*c$",
  String.raw`\s+$`,
  String.raw`\s*$`,
  "[a-z]+[0-9]",
  "^(?:(?=.*x)a)*$",
  "^(?:ab|cd)+(?:ab)+$",
];

const exponential = [
  "^(a+)+$",
  "^(a*)*$",
  "^(?:a|a)*$",
  "^(?:a|aa)+$",
  "^(?:a|b|ab)*$",
  String.raw`^(?:\w+\s?)*$`,
  String.raw`^(\p{L}+\s?)*$`,
  String.raw`^(?:\w{1,10})*$`,
  "^([a-z]{1,20} ?){1,50}$",
  String.raw`^(?:(?:\s?|-?)\d)*$`,
];

const unknown = [String.raw`^(\w+) \1$`, "(?<=a+)b"];

describe("the analysis of patterns", () => {
  it.each(linear)("finds nothing slow in /%s/", (pattern) => {
    expect(findSlowMatch(pattern)).toBeUndefined();
  });

  it.each(polynomial)("finds that /%s/ takes more than linear time", (pattern) => {
    expect(findSlowMatch(pattern)).toMatchObject({ kind: "polynomial" });
  });

  it.each(exponential)("finds that /%s/ takes exponential time", (pattern) => {
    expect(findSlowMatch(pattern)).toMatchObject({ kind: "exponential" });
  });

  it.each(unknown)("says that it cannot judge /%s/", (pattern) => {
    expect(findSlowMatch(pattern)).toEqual({ kind: "unknown" });
  });

  it("names a text that takes longer and longer, indeed", () => {
    const slow = findSlowMatch("^(?:a|ab|b)*$");
    if (slow?.kind !== "exponential") throw new Error("the pattern should be slow");
    // As many ways as there are to split each repetition: 2 to the power of 8 or more, and one that fails.
    const ways = countWays("a|ab|b".split("|"), slow.pump.repeat(8));
    expect(ways).toBeGreaterThanOrEqual(2 ** 8);
  });

  it("says where it is slow because a match may begin anywhere", () => {
    expect(findSlowMatch(String.raw`\s+$`)).toMatchObject({ unanchored: true });
    expect(findSlowMatch(String.raw`^\w*\d+$`)).toMatchObject({ unanchored: false });
  });

  it("needs no analysis for what repeats one character at most", () => {
    expect(linear.filter(isPlain)).toEqual(linear.slice(0, 3));
    expect([...polynomial, ...exponential, ...unknown].filter(isPlain)).toEqual([]);
  });

  it("gives up on a pattern that is too large, instead of running for ever", () => {
    const words = Array.from({ length: 400 }, (_, word) => `(?:x${word}|y)`).join("");
    expect(findSlowMatch(`^(?:${words}[a-z]*)*$`)?.kind).toBeDefined();
  });
});

/** In how many ways a text is made of words. */
function countWays(words: readonly string[], text: string): number {
  const ways = [1];
  for (let end = 1; end <= text.length; end++) {
    ways[end] = words
      .filter((word) => text.slice(0, end).endsWith(word))
      .reduce((sum, word) => sum + (ways[end - word.length] ?? 0), 0);
  }
  return ways[text.length] ?? 0;
}
