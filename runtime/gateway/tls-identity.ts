import { createSecureContext, type Server, type TlsOptions } from "node:tls";
import { ConfigError } from "../config/config-error.js";
import type { TlsConfig } from "../config/tls-config.js";
import type { Logger } from "../module/logger.js";
import { readPems, stampOf } from "./pem.js";

/** Milliseconds between two looks at the files. */
const interval = 10_000;

/** What the gateway shows to its clients by TLS: the certificate of the config, and a newer one when there is one. */
export class TlsIdentity {
  readonly #config: TlsConfig;
  readonly #log: Logger;
  readonly #servers: Server[] = [];
  #stamp = "";
  #timer: NodeJS.Timeout | undefined = undefined;

  constructor(config: TlsConfig, log: Logger) {
    this.#config = config;
    this.#log = log;
  }

  /** What servers are made with; they get their certificates by `present`. */
  options(handshakeTimeout: number): TlsOptions {
    const { requestCert = false, rejectUnauthorized = true } = this.#config;
    return { handshakeTimeout, requestCert, rejectUnauthorized };
  }

  /** Gives the servers their certificate. Rejects with a `ConfigError` where it is of no use. */
  async present(...servers: readonly Server[]): Promise<void> {
    this.#servers.push(...servers);
    this.#stamp = await stampOf(this.#config).catch(() => ""); // Reading the files tells what is wrong.
    await this.#renew();
    if (this.#stamp !== "") this.#timer = setInterval(() => void this.look(), interval).unref();
  }

  /** Reads the files again where they have changed. Never rejects: what is wrong is logged, and the old certificate stays. */
  async look(): Promise<void> {
    try {
      const stamp = await stampOf(this.#config);
      if (stamp === this.#stamp) return;
      this.#stamp = stamp;
      await this.#renew();
      this.#log.info("The certificate was read again: its files have changed");
    } catch (err) {
      this.#log.error(
        { err },
        "The files of the certificate have changed and are of no use: the old one stays",
      );
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    const pems = await readPems(this.#config);
    try {
      // All or nothing: one that is wrong must not reach the first server.
      createSecureContext(pems);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ConfigError(`\`gateway.tls\` is of no use: ${reason}`, { cause });
    }
    for (const server of this.#servers) server.setSecureContext(pems);
  }
}
