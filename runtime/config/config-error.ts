/** A config that cannot work. The message is one line that says what to write instead. */
export class ConfigError extends Error {
  override get name(): string {
    return "ConfigError";
  }
}
