import { setTimeout as sleep } from "node:timers/promises";
import { RpcError } from "../../runtime/error/rpc-error.js";
import type { Game } from "./generated/client.js";
import type { Rpc } from "./generated/server.js";
import type { Done } from "./idl/work.js";

/** How a call is made: each is a fate of its own when something breaks. */
export type Kind = "once" | "again" | "nested" | "note";

/** A call, and what became of it. */
export interface CallRecord {
  readonly id: number;
  readonly kind: Kind;
  /** By `performance.now()`. */
  readonly began: number;
  /** Undefined while it waits. */
  ended: number | undefined;
  /** `ok`, the code of the error, or what must not happen. */
  outcome: string;
  /** Who answered. */
  node: string | undefined;
}

/** Makes a call, and resolves with the answer; undefined for one that has none. */
export type CallMaker = (kind: Kind, id: number, milliseconds: number) => Promise<Done> | undefined;

/** What a load did. */
export interface LoadResult {
  readonly calls: readonly CallRecord[];
  readonly began: number;
  readonly ended: number;
  /** Milliseconds for which this process itself did nothing, at worst. */
  readonly longestStall: number;
}

/** Milliseconds that each call may take. */
export const deadline = 5_000;

const callsPerSecond = 2_500;
const beat = 5;

/** No id is used twice, whichever load it is. */
let lastId = 0;

/** Calls of all kinds at a steady rate, whatever becomes of those before, until it is stopped. */
export class Load {
  readonly #call: CallMaker;
  readonly #calls: CallRecord[] = [];
  readonly #open = new Set<Promise<void>>();
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #lastBeat = performance.now();
  #longestStall = 0;
  #isEnding = false;

  constructor(call: CallMaker) {
    this.#call = call;
    this.#timer = setInterval(() => this.#beat(), beat);
  }

  /** Makes no more calls, and resolves when all have ended or can be said to hang. */
  async stop(): Promise<LoadResult> {
    const ended = performance.now();
    this.#isEnding = true;
    const hanging = sleep(deadline + 5_000, undefined, { ref: false });
    await Promise.race([Promise.all(this.#open), hanging]);
    clearInterval(this.#timer);
    return { calls: this.#calls, began: this.#began, ended, longestStall: this.#longestStall };
  }

  #beat(): void {
    const now = performance.now();
    this.#longestStall = Math.max(this.#longestStall, now - this.#lastBeat);
    this.#lastBeat = now;
    if (this.#isEnding) return;
    const due = ((now - this.#began) / 1_000) * callsPerSecond;
    while (this.#calls.length < due) this.#make(++lastId);
  }

  #make(id: number): void {
    const { kind, milliseconds } = planOf(id);
    const record: CallRecord = {
      id,
      kind,
      began: performance.now(),
      ended: undefined,
      outcome: "hangs",
      node: undefined,
    };
    this.#calls.push(record);
    const answer = this.#call(kind, id, milliseconds);
    if (answer === undefined) {
      record.ended = record.began;
      record.outcome = "sent";
      return;
    }
    const open = answer.then(
      (done) => end(record, done.id === id ? "ok" : "the answer of another", done.node),
      (error: unknown) => end(record, error instanceof RpcError ? error.code : String(error), undefined),
    );
    this.#open.add(open);
    void open.then(() => this.#open.delete(open));
  }
}

/** Calls as a module of another process makes them. */
export function callModules({ work, relay }: Rpc): CallMaker {
  const options = { timeout: deadline };
  return (kind, id, milliseconds) => {
    switch (kind) {
      case "once":
        return work.once(id, milliseconds, options);
      case "again":
        return work.again(id, milliseconds, options);
      case "nested":
        return relay.once(id, milliseconds, options);
      case "note":
        work.note(id, options);
        return undefined;
    }
  };
}

/** Calls as players make them, each player in turn. */
export function callAsPlayers(players: readonly Game[]): CallMaker {
  const options = { timeout: deadline };
  return (kind, id, milliseconds) => {
    const player = players[id % players.length];
    if (player === undefined) throw new RangeError("There are no players");
    switch (kind) {
      case "once":
      case "nested":
        return player.hall.once(id, milliseconds, options);
      case "again":
        return player.hall.again(id, milliseconds, options);
      case "note":
        player.hall.note(id);
        return undefined;
    }
  };
}

function end(record: CallRecord, outcome: string, node: string | undefined): void {
  if (record.ended !== undefined) record.outcome = "ended twice";
  else record.outcome = outcome;
  record.ended = performance.now();
  record.node = node;
}

interface Plan {
  readonly kind: Kind;
  readonly milliseconds: number;
}

const plans: readonly Plan[] = [
  ...repeat(9, { kind: "once", milliseconds: 0 }),
  { kind: "once", milliseconds: 50 },
  { kind: "once", milliseconds: 300 },
  ...repeat(4, { kind: "again", milliseconds: 0 }),
  { kind: "again", milliseconds: 100 },
  ...repeat(2, { kind: "nested", milliseconds: 0 }),
  ...repeat(2, { kind: "note", milliseconds: 0 }),
];

function planOf(id: number): Plan {
  return plans[id % plans.length] ?? { kind: "once", milliseconds: 0 };
}

/** Whether the callee answers at once. */
export function isQuick({ id, kind }: CallRecord): boolean {
  return kind !== "note" && planOf(id).milliseconds === 0;
}

function repeat(times: number, plan: Plan): Plan[] {
  return Array.from({ length: times }, () => plan);
}
