import { inspect } from "node:util";

/** What is left of an error on its way to another thread: any error, whatever fields it has. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  /** With causes and fields. */
  readonly stack: string;
}

export function toFault(thrown: unknown): Fault {
  const stack = inspect(thrown);
  return thrown instanceof Error
    ? { name: thrown.name, message: thrown.message, stack }
    : { name: "Error", message: stack, stack };
}

export function toError({ name, message, stack }: Fault): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = stack;
  return error;
}
