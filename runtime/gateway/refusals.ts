import type { Logger } from "../module/logger.js";
import { addressKey } from "./address-key.js";
import { type RefusalReason, refusalReasons } from "./refusal-reason.js";

/** What has been refused so far, by reason. */
export type RefusalCounts = Readonly<Record<RefusalReason, number>>;

/** Offenders that are remembered at a time. Those beyond are counted and not named. */
const maxOffenders = 1_000;

/** Seconds without another offence, after which an offender is told to have stopped. */
const quietTime = 60;

/** One address that one limit refused something. */
interface Offender {
  readonly reason: RefusalReason;
  readonly address: string;
  times: number;
  /** On the gateway's clock. */
  last: number;
}

/** Counts what is refused, and logs it once for each offender: when it begins, and how often it was when it has stopped. */
export class Refusals {
  readonly counts: Record<RefusalReason, number>;
  readonly #log: Logger;
  readonly #clock: { readonly seconds: number };
  readonly #offenders = new Map<string, Offender>();
  #isFull = false;

  constructor(log: Logger, clock: { readonly seconds: number }) {
    // Built from that very list.
    this.counts = Object.fromEntries(Object.keys(refusalReasons).map((reason) => [reason, 0])) as Record<
      RefusalReason,
      number
    >;
    this.#log = log;
    this.#clock = clock;
  }

  /** Counts what says nothing about the client: any may do so, and it costs nobody anything. */
  count(reason: RefusalReason): void {
    this.counts[reason]++;
  }

  /**
   * Counts an offence, and logs it if it is the first of its kind from that address.
   *
   * @param fields what else the log is to say
   */
  note(reason: RefusalReason, address: string, fields?: object): void {
    this.counts[reason]++;
    const key = `${reason} ${addressKey(address)}`;
    const known = this.#offenders.get(key);
    if (known !== undefined) {
      known.times++;
      known.last = this.#clock.seconds;
    } else if (this.#offenders.size < maxOffenders) {
      this.#offenders.set(key, { reason, address, times: 1, last: this.#clock.seconds });
      this.#log.warn({ reason, address, ...fields }, refusalReasons[reason]);
    } else if (!this.#isFull) {
      this.#isFull = true;
      this.#log.warn(`More than ${maxOffenders} offenders: others are counted and not logged`);
    }
  }

  /** Forgets those who have stopped. To be called about once a second. */
  sweep(): void {
    for (const [key, { reason, address, times, last }] of this.#offenders) {
      if (this.#clock.seconds - last < quietTime) continue;
      this.#offenders.delete(key);
      this.#isFull = false;
      if (times > 1) this.#log.info({ reason, address, times }, `It has stopped: ${refusalReasons[reason]}`);
    }
  }
}
