/** What ends a command with one line on the standard error stream, without a stack. */
export class CommandError extends Error {
  /** What the process ends with. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }

  override get name(): string {
    return "CommandError";
  }
}

/** A command that was told something that makes no sense: a flag, a name, a value, a file that is not there. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2);
  }

  override get name(): string {
    return "UsageError";
  }
}
