/** What keeps an application from starting and is told to a developer in one line, without a stack. */
export class StartError extends Error {
  override get name(): string {
    return "StartError";
  }
}
