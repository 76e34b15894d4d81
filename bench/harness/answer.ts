/** What a child process does on request of the benchmark that started it. */
export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

/** A request to a child process, and its answer. */
export interface Request {
  readonly name: string;
  readonly argument: unknown;
}

export type Answer = { readonly value: unknown } | { readonly error: string };

/** Answers the parent's requests, one after the other, until the parent is gone. */
export function answer(handlers: Handlers): void {
  let last: Promise<void> = Promise.resolve();
  process.on("message", ({ name, argument }: Request) => {
    last = last.then(async () => {
      process.send?.(await handle(handlers, name, argument));
    });
  });
  process.on("disconnect", () => process.exit());
}

async function handle(handlers: Handlers, name: string, argument: unknown): Promise<Answer> {
  try {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`no handler for ${name}`);
    // The benchmark beside the side knows what the side takes.
    return { value: await handler(argument as never) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
