import type { NodeId } from "../transport/transport.js";

/** Questions to a gateway that was given up, before it is believed to be gone for good. They are a second apart. */
const patience = 300;

/** Sessions that are remembered of all of them. */
const mostSessions = 100_000;

/** Sessions that are named at a time. */
const messageSize = 100;

/** A gateway that was given up. */
interface Lost {
  /** Its sessions whose ends the modules were told of. */
  readonly sessions: Set<string>;
  misses: number;
  isBeingTold: boolean;
}

/**
 * The gateways that were given up. One that was only cut off still has its players when it is back, and modules that have
 * cleaned up behind them. So it is told to end those sessions.
 */
export class LostGateways {
  readonly #endSessions: (node: NodeId, ids: string[]) => Promise<void>;
  readonly #lost = new Map<NodeId, Lost>();
  #size = 0;

  /** @param endSessions rejects where the gateway is not there */
  constructor(endSessions: (node: NodeId, ids: string[]) => Promise<void>) {
    this.#endSessions = endSessions;
  }

  get isEmpty(): boolean {
    return this.#lost.size === 0;
  }

  add(node: NodeId, session: string): void {
    if (this.#size >= mostSessions) return;
    let lost = this.#lost.get(node);
    if (lost === undefined) {
      lost = { sessions: new Set(), misses: 0, isBeingTold: false };
      this.#lost.set(node, lost);
    }
    if (lost.sessions.has(session)) return;
    lost.sessions.add(session);
    this.#size++;
  }

  /** Tells those that are back. To be called about once a second. */
  tellAll(): void {
    for (const [node, lost] of this.#lost) {
      if (!lost.isBeingTold) void this.#tell(node, lost);
    }
  }

  clear(): void {
    this.#lost.clear();
    this.#size = 0;
  }

  /** Never rejects. */
  async #tell(node: NodeId, lost: Lost): Promise<void> {
    lost.isBeingTold = true;
    const ids = [...lost.sessions].slice(0, messageSize);
    try {
      await this.#endSessions(node, ids);
      for (const id of ids) if (lost.sessions.delete(id)) this.#size--;
    } catch {
      // It is not back yet, or does not answer.
      lost.misses++;
    }
    lost.isBeingTold = false;
    if (this.#lost.get(node) !== lost || (lost.sessions.size > 0 && lost.misses < patience)) return;
    this.#lost.delete(node);
    this.#size -= lost.sessions.size;
  }
}
