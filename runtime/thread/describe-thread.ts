/** What a thread is called and what it runs. */
export interface ThreadDescription {
  readonly name: string;
  readonly modules: readonly string[];
}

/** A thread as a line of the log names it. */
export function describeThread({ name, modules }: ThreadDescription): string {
  return modules.length === 0 ? `thread ${name}` : `thread ${name} (${modules.join(", ")})`;
}
