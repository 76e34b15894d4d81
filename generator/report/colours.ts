/** What of a report stands out, and how. */
export interface Colours {
  place(text: string): string;
  error(text: string): string;
  warning(text: string): string;
  code(text: string): string;
  quiet(text: string): string;
}

const as = (text: string) => text;

/** For files and for terminals that ask for none. */
export const plain: Colours = { place: as, error: as, warning: as, code: as, quiet: as };

const inColour = (number: number) => (text: string) => `\u001b[${number}m${text}\u001b[0m`;

/** ANSI escape sequences, for terminals. */
export const coloured: Colours = {
  place: inColour(36),
  error: inColour(91),
  warning: inColour(93),
  code: inColour(90),
  quiet: inColour(90),
};
