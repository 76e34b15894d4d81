import type { CallCore } from "../call/call-core.js";
import { Execution } from "../call/execution.js";
import { traceIdOf } from "../call/trace.js";
import { leaveAll } from "../codec/refusal.js";
import type { MethodContract } from "../contract/method.js";
import { RpcError } from "../error/rpc-error.js";
import { internalError } from "../error/to-rpc-error.js";
import type { Delivery, Frame, NodeId } from "../transport/transport.js";
import { writeErrorReply } from "../wire/reply.js";
import { CallsOfNode } from "./calls-of-node.js";
import { type CallFrame, frameKind, lookInterval, readCallFrame, shortLife } from "./frame.js";
import { IncomingCall } from "./incoming-call.js";
import type { SessionWire } from "./session-wire.js";
import { Tick } from "./tick.js";

/** Cancellations to remember whose calls have not come yet. */
const earlyCancels = 1_000;

/** What incoming calls work with. */
export interface IncomingCallsOptions {
  readonly core: CallCore;
  readonly sessions: SessionWire;
  /** The method of a name; undefined where the IDL has none. */
  readonly findMethod: (module: string, method: string) => MethodContract | undefined;
  readonly send: (node: NodeId, frame: Frame, lifetime: number) => void;
}

/** Calls of other nodes that are answered here. */
export class IncomingCalls {
  readonly #options: IncomingCallsOptions;
  readonly #calls = new Map<NodeId, CallsOfNode<IncomingCall>>();
  /** Calls that were cancelled before they came, as `<node>:<id>`. */
  readonly #cancelled = new Set<string>();
  readonly #look = new Tick(lookInterval, () => this.#lookAfterOldCalls());

  constructor(options: IncomingCallsOptions) {
    this.#options = options;
  }

  /** Takes a call. Never throws. */
  take(frame: Frame, delivery: Delivery): void {
    const call = readCallFrame(frame);
    if (call === undefined) {
      this.#options.core.log.error({ node: delivery.from }, "A node sent a call that makes no sense");
      delivery.done();
      return;
    }
    const known = this.#find(delivery.from, call.id);
    if (known !== undefined) known.onRedelivered(delivery);
    else if (this.#cancelled.size > 0 && this.#cancelled.delete(keyOf(delivery.from, call.id)))
      delivery.done();
    else this.#take(call, delivery);
  }

  cancel(from: NodeId, id: unknown): void {
    // The calls with the id 0 are those that nobody waits for.
    if (typeof id !== "number" || id === 0) return;
    const call = this.#find(from, id);
    if (call !== undefined) call.cancel();
    else if (this.#cancelled.size < earlyCancels) {
      // It went another way than the call, and may have overtaken it.
      this.#cancelled.add(keyOf(from, id));
      this.#look.start(this.#options.core.wheel);
    }
  }

  more(from: NodeId, id: unknown, count: unknown): void {
    if (typeof id !== "number" || typeof count !== "number" || !(count > 0)) return;
    this.#find(from, id)?.more(count);
  }

  /** A caller asks after calls: those that are not here will never be answered. */
  onAsked(from: NodeId, ids: unknown): void {
    if (!Array.isArray(ids)) return;
    const lost = ids.filter((id) => typeof id === "number" && this.#find(from, id) === undefined);
    if (lost.length > 0) this.reply(from, [frameKind.lost, lost]);
  }

  reply(node: NodeId, frame: Frame): void {
    this.#options.send(node, frame, shortLife);
  }

  remove({ from, id }: IncomingCall): void {
    this.#calls.get(from)?.delete(id);
  }

  logUnheard(module: string, method: string, error: RpcError): void {
    const name = `${module}.${method}`;
    this.#options.core.log.warn(
      { method: name, code: error.code },
      `${name}, a one-way call, failed: ${error.message}`,
    );
  }

  /** Tells all callers where their calls run. */
  announceAll(): void {
    for (const [node, calls] of this.#calls) {
      if (calls.size > 0) this.reply(node, [frameKind.taken, calls.values().map(({ id }) => id)]);
    }
  }

  /** A caller is gone, so nobody waits for its calls. */
  onNodeGone(node: NodeId): void {
    for (const call of this.#calls.get(node)?.values() ?? []) call.cancel();
  }

  /** Answers that were sent may be lost. A stream would go on with items missing. */
  onInterrupted(): void {
    const error = new RpcError("unavailable", "The connection was lost, and perhaps items of the stream");
    for (const call of [...this.#calls.values()].flatMap((calls) => calls.values())) {
      if (call.method.kind === "stream") call.execution?.interrupt(error);
    }
  }

  #find(node: NodeId, id: number): IncomingCall | undefined {
    return this.#calls.get(node)?.get(id);
  }

  #add(call: IncomingCall): void {
    let calls = this.#calls.get(call.from);
    if (calls === undefined) {
      calls = new CallsOfNode();
      this.#calls.set(call.from, calls);
    }
    calls.add(call);
    this.#look.start(this.#options.core.wheel);
  }

  #take(call: CallFrame, delivery: Delivery): void {
    let method: MethodContract | undefined;
    try {
      method = this.#options.findMethod(call.module, call.method);
      if (method === undefined) {
        throw new RpcError("unimplemented", `This node knows no method ${call.module}.${call.method}`);
      }
      if (method.kind === "stream" && call.id === 0) {
        throw new RpcError("unimplemented", `${call.module}.${call.method} is a stream, which nobody reads`);
      }
      if (delivery.redelivered && !(method.idempotent && method.kind !== "stream")) {
        throw new RpcError("aborted", `The node that had ${call.module}.${call.method} is gone`);
      }
      this.#start(method, call, delivery);
    } catch (fault) {
      leaveAll();
      this.#refuse(method, call, delivery, fault);
    }
  }

  #start(method: MethodContract, call: CallFrame, delivery: Delivery): void {
    const { core, sessions } = this.#options;
    const incoming = new IncomingCall(this, method, call.id, delivery);
    const request = {
      method,
      session: call.session === null ? undefined : sessions.read(call.session),
      args: method.args.read(call.args),
      timeout: call.budget,
      trace: call.trace,
    };
    if (call.id !== 0) this.#add(incoming);
    const execution = new Execution(core, request, incoming);
    incoming.execution = execution;
    execution.start();
    if (method.kind === "stream") {
      // It may flow for hours, and a broker takes its messages back from who does not acknowledge them. So
      // the caller has to know at once whose death would end it.
      incoming.acknowledge();
      this.reply(delivery.from, [frameKind.taken, [call.id]]);
    }
  }

  #refuse(method: MethodContract | undefined, call: CallFrame, delivery: Delivery, fault: unknown): void {
    const error = this.#explain(call, fault);
    if (call.id === 0) this.logUnheard(call.module, call.method, error);
    else {
      const reply = writeErrorReply(error, method?.failures ?? []);
      this.reply(delivery.from, [frameKind.error, call.id, reply]);
    }
    delivery.done();
  }

  #explain(call: CallFrame, fault: unknown): RpcError {
    if (fault instanceof RpcError) return fault;
    const name = `${call.module}.${call.method}`;
    this.#options.core.log.error({ err: fault, method: name }, `${name} could not be started`);
    return internalError(traceIdOf(call.trace));
  }

  /** Lets callers know where long calls run. Where a caller is gone, this comes back. */
  #lookAfterOldCalls(): boolean {
    this.#cancelled.clear();
    for (const [node, calls] of this.#calls) {
      // Who calls all the time has a moment without calls all the time: only here it is forgotten.
      if (calls.size === 0) this.#calls.delete(node);
      const old: number[] = [];
      for (const call of calls.values()) {
        if (call.isOld) old.push(call.id);
        call.isOld = true;
      }
      if (old.length > 0) this.#options.send(node, [frameKind.taken, old], lookInterval);
    }
    return this.#calls.size > 0;
  }
}

function keyOf(node: NodeId, id: number): string {
  return `${node}:${id}`;
}
