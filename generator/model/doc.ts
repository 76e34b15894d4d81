/** A comment of the IDL, as generated code carries it on. */
export interface Doc {
  /** The text before the first tag; may have several lines. */
  readonly text: string;
  /** Tags that people read, such as `@deprecated`. What the compiler itself reads is left out. */
  readonly tags: readonly DocTag[];
}

export interface DocTag {
  readonly name: string;
  readonly text: string;
}

export const noDoc: Doc = { text: "", tags: [] };
