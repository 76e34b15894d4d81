import { setTimeout as sleep } from "node:timers/promises";
import { type BackOff, backOff } from "../transport/back-off.js";
import { BrokerError } from "./broker-error.js";
import type { BrokerUrl } from "./broker-url.js";
import { openSession, type Session, type SessionOptions } from "./session.js";

// A broker that has come back is found within a second, and a hundred nodes cost it nothing.
const waits: BackOff = { shortest: 50, longest: 1_000 };

/** What a connector connects to, and who hears of it. */
export interface ConnectorOptions extends Omit<SessionOptions, "url" | "epoch"> {
  readonly urls: readonly BrokerUrl[];
  onSession(session: Session): void;
  /** The session was lost. Not called for one that is closed. */
  onLost(): void;
  /** A broker has refused before there was any session, and no other takes us. It is not tried again. */
  onRefused(error: BrokerError): void;
}

/** Milliseconds. A session that ends earlier counts as a failure to connect. */
const shortSession = 1_000;

/** Has one session after the other, until it is closed. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #closing = new AbortController();
  readonly #closed: Promise<void>;
  #epoch = 0;
  /** How often connecting has failed in a row. */
  #failures = 0;
  #session: Session | undefined;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#closed = this.#run();
  }

  /** Takes leave of the broker. Never rejects. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#session?.close();
    await this.#closed;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const session = await this.#connect();
      if (session === undefined) return;
      await this.#stay(session);
      if (!signal.aborted) await this.#pause();
    }
  }

  /** Until it is over. */
  async #stay(session: Session): Promise<void> {
    const { signal } = this.#closing;
    if (signal.aborted) {
      await session.close();
      return;
    }
    const began = performance.now();
    this.#session = session;
    this.#options.onSession(session);
    const reason = await session.ended;
    this.#session = undefined;
    if (signal.aborted) return;
    this.#options.settings.log.warn(`The broker is lost (${reason.message}): connecting again`);
    this.#options.onLost();
    if (performance.now() - began > shortSession) this.#failures = 0;
  }

  /** Tries all brokers in turn, again and again. Undefined when that is of no use any more. */
  async #connect(): Promise<Session | undefined> {
    const { urls, settings, onRefused } = this.#options;
    let isTold = false;
    while (!this.#closing.signal.aborted) {
      const reasons: string[] = [];
      let refusal: BrokerError | undefined;
      for (const url of urls) {
        try {
          const session = await openSession({ ...this.#options, url, epoch: this.#epoch + 1 });
          this.#epoch++;
          settings.log.info(`Connected to the broker at ${url.shown}`);
          return session;
        } catch (error) {
          reasons.push(`${url.shown} (${describe(error)})`);
          if (error instanceof BrokerError) refusal = error;
        }
      }
      if (refusal !== undefined && this.#epoch === 0) {
        onRefused(refusal);
        return undefined;
      }
      if (!isTold) settings.log.warn(`No broker at ${reasons.join(", ")}: trying again until there is one`);
      isTold = true;
      await this.#pause();
    }
    return undefined;
  }

  async #pause(): Promise<void> {
    const { signal } = this.#closing;
    // It rejects when the connector is closed, and that is noticed anyway.
    await sleep(backOff(waits, this.#failures++, Math.random()), undefined, { signal }).catch(() => {});
  }
}

/** Node tells of several addresses of one host without a message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" && "code" in error ? String(error.code) : error.message;
}
