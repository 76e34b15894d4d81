/** The broker, or the settings for it, will not do: trying again changes nothing. Its message is one line for a developer. */
export class BrokerError extends Error {
  override get name(): string {
    return "BrokerError";
  }
}
