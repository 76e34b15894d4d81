const remarks = [
  "Who spilled all this sugar? Not that I mind.",
  "Left, left, left, left, left, left. Oh, I have six.",
  "That golden lump is as heavy as I am. I love it.",
  "Excuse me, coming through.",
  "Does anybody else smell sugar?",
  "I was here first. Or second.",
  "One more grain, and then I'll rest. One more.",
  "The daisies are lovely today.",
  "Careful by the pebbles, one stubs one's feelers.",
  "My grandmother carried a whole raisin once.",
  "Follow me, I know a place!",
  "I followed somebody. Now I don't know where I am.",
  "It looks like rain. No, it is only a leaf.",
  "Small steps. Very many small steps.",
  "Is it me, or is the field round the other way today?",
  "I am not lost. I am exploring.",
  "Sugar first, questions later.",
  "The grass over there tickles.",
  "There is a heap near the edge. I have said nothing.",
  "Ten times my weight, and I still have a hand free. Four, actually.",
  "If anybody finds a crumb of cake, please tell me.",
  "The queen says hello.",
];

const greetings = [
  (name: string) => `Hello, ${name}! Mind the pebbles.`,
  (name: string) => `Welcome, ${name}. There is sugar for all of us.`,
  (name: string) => `Good to smell you, ${name}!`,
];

/** The first thing that is said on a new field. */
export const opening = "Good morning, everybody! Somebody left the sugar out again.";

/** Something that an ant may say at any time. */
export function pickRemark(): string {
  return remarks[Math.floor(Math.random() * remarks.length)] ?? "Sugar!";
}

/** The answer to what somebody said, if it was a greeting. */
export function answerTo(text: string, name: string): string | undefined {
  if (!/^\s*(hi|hello|hey|good (morning|evening|day))\b/iu.test(text)) return undefined;
  return greetings[Math.floor(Math.random() * greetings.length)]?.(name);
}
