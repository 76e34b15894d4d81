/** What keeps bots from playing and is told in one line, without a stack. */
export class BotsError extends Error {
  override get name(): string {
    return "BotsError";
  }
}
