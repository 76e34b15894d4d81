/** What the IDL declares under a name. */
export interface Named {
  readonly name: string;
  /** From `@was`: the name that it keeps on the wire. */
  readonly was?: string;
}

/** The name in topics, in JSON and in the lock, which a renaming with `@was` does not change. */
export function wireName({ name, was }: Named): string {
  return was ?? name;
}
