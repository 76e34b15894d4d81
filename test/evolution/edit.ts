/** An edit of an interface file, and what it does. */
export interface Edit {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** `breaking removed-push:Chat.said | clients that listen to Chat.said`. */
  readonly expected: readonly string[];
}

/** An edit of the type `Line`, with what it does to those who send it, and to those who read it. */
export type TypeEdit = readonly [what: string, before: string, after: string, sent: string, read: string];
