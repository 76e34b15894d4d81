import { toCaller } from "../codec/refusal.js";
import type { ModuleContract } from "../contract/module.js";
import type { PushContract } from "../contract/push.js";
import { markNested } from "../error/nested.js";
import type { Audience, PushSink } from "../session/push-sink.js";
import type { PushTarget } from "../session/push-target.js";
import type { Session } from "../session/session.js";

/** What a module's set-up gets as `push`. */
export function createPushTargets(
  contract: ModuleContract,
  sink: PushSink,
): Readonly<Record<string, PushTarget<unknown>>> {
  return Object.fromEntries(
    Object.entries(contract.pushes).map(([name, push]) => [name, new SinkTarget(push, sink)]),
  );
}

class SinkTarget implements PushTarget<unknown> {
  readonly #contract: PushContract;
  readonly #sink: PushSink;

  constructor(contract: PushContract, sink: PushSink) {
    this.#contract = contract;
    this.#sink = sink;
  }

  to(session: Session, value: unknown): void {
    this.#push({ kind: "session", id: session.id }, value);
  }

  toUser(userId: string, value: unknown): void {
    this.#push({ kind: "user", id: userId }, value);
  }

  toGroup(group: string, value: unknown): void {
    this.#push({ kind: "group", id: group }, value);
  }

  toAll(value: unknown): void {
    this.#push({ kind: "all" }, value);
  }

  #push(audience: Audience, value: unknown): void {
    try {
      this.#sink.push(this.#contract, audience, value);
    } catch (refusal) {
      // A value that does not fit is the module's fault, not that of the client whose call it handles.
      throw markNested(toCaller(refusal, this.#push));
    }
  }
}
