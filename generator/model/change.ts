/** What an edit of the IDL does to programs that were built before it. */
export interface Change {
  /**
   * `breaking`: shipped clients fail, so somebody has to accept it. `warning`: nodes that still run the last
   * version fail while a deployment rolls. `note`: only source that names the old thing has to be adapted.
   */
  readonly level: "breaking" | "warning" | "note";
  /** A rule of the evolution, such as `removed-field`. */
  readonly rule: string;
  /** What it happened to: `Line.text`, `Chat.say`, `Chat.say.room`. */
  readonly path: string;
  /** What happened, in words. */
  readonly what: string;
  /** Who notices: `clients that call Chat.say`. */
  readonly whom: readonly string[];
}

/** How `--accept` and the lock call a change: `removed-field:Line.text`. */
export function changeId({ rule, path }: Pick<Change, "rule" | "path">): string {
  return `${rule}:${path}`;
}
