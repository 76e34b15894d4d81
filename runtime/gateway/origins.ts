import type { IncomingMessage } from "node:http";
import { ConfigError } from "../config/config-error.js";

/** The pages that may connect. A browser tells by `Origin` which page it is that does. */
export class Origins {
  readonly #allowed: ReadonlySet<string> | undefined;

  /**
   * @param allowed undefined for all
   * @throws ConfigError
   */
  constructor(allowed: readonly string[] | undefined) {
    for (const origin of allowed ?? []) check(origin);
    this.#allowed = allowed && new Set(allowed);
  }

  /**
   * Whether the request's page may connect. A page that came from here may; who sends no origin is no browser,
   * and could send any.
   */
  allow({ headers }: IncomingMessage, isSecure: boolean): boolean {
    const { origin, host } = headers;
    if (this.#allowed === undefined || origin === undefined || this.#allowed.has(origin)) return true;
    return origin === `${isSecure ? "https" : "http"}://${host}`;
  }
}

function check(origin: string): void {
  if (origin === "null" || (URL.canParse(origin) && new URL(origin).origin === origin)) return;
  throw new ConfigError(
    `\`gateway.origins\` has ${JSON.stringify(origin)}: write origins as browsers send them, such as "https://game.example"`,
  );
}
