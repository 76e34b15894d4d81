import type { Call } from "../../runtime/call/call.js";
import { CallCore } from "../../runtime/call/call-core.js";
import type { Caller } from "../../runtime/call/caller.js";
import type { Completion, Request } from "../../runtime/call/dispatcher.js";
import { ModuleCaller } from "../../runtime/call/module-caller.js";
import { ModuleDispatcher } from "../../runtime/call/module-dispatcher.js";
import type { Router } from "../../runtime/call/router.js";
import type { Codec } from "../../runtime/codec/codec.js";
import { at, enter, leave, refuse } from "../../runtime/codec/refusal.js";
import type { FailureContract } from "../../runtime/contract/failure.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import { DeclaredFailure } from "../../runtime/error/declared-failure.js";
import type { RpcError } from "../../runtime/error/rpc-error.js";
import type { Session } from "../../runtime/session/session.js";
import { ManualClock } from "./manual-clock.js";

/** A method of the module `Stage` that takes and returns tags, as the generator would describe it. */
export type TagMethod = MethodContract<[tags: string[]], string[]>;

/** What handlers get as their last parameter here: its stubs are called by contract. */
export type StageCall = Call<Caller>;

export type Handler = (tags: string[], call: StageCall, session: Session | undefined) => unknown;

/** A core with a clock to be moved, and what it has logged. */
export class Stage {
  readonly clock = new ManualClock();
  readonly logged: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  readonly core: CallCore;
  readonly caller: ModuleCaller;
  readonly dispatcher: ModuleDispatcher;

  constructor(router?: Router) {
    this.core = new CallCore({
      createRpc: (caller) => caller,
      log: {
        warn: (fields, message) => this.logged.push({ level: "warn", fields: { ...fields }, message }),
        error: (fields, message) => this.logged.push({ level: "error", fields: { ...fields }, message }),
      },
      clock: this.clock,
      router,
    });
    this.caller = new ModuleCaller(this.core, undefined);
    this.dispatcher = new ModuleDispatcher(this.core);
  }

  /** Makes a method and hosts it. */
  method(handler: Handler, traits: Partial<TagMethod> = {}): TagMethod {
    const method = describe(traits);
    this.host(method, handler);
    return method;
  }

  host(method: TagMethod, handler: Handler): void {
    this.core.callees.open(method.module, [
      {
        method,
        handlers: {},
        invoke: (_handlers, session, [tags]: [string[]], call: StageCall) => handler(tags, call, session),
      },
    ]);
  }

  call(method: TagMethod, tags: string[] = [], options?: Parameters<Caller["call"]>[3]): Promise<string[]> {
    return this.caller.call(method, undefined, [tags], options);
  }
}

let count = 0;

/** A method that nothing hosts yet. */
export function describe(traits: Partial<TagMethod>): TagMethod {
  return {
    module: "Stage",
    name: `method${count++}`,
    kind: "call",
    access: "internal",
    timeout: undefined,
    idempotent: false,
    parameters: ["tags"],
    args: { write: copyArguments, read: readArguments, copy: copyArguments },
    result: tagCodec,
    failures: [],
    ...traits,
  };
}

function readArguments(args: unknown): [string[]] {
  return copyArguments([Array.isArray(args) ? args[0] : undefined]);
}

function copyArguments([tags]: [string[]]): [string[]] {
  enter("tags");
  const own = tagList(tags);
  leave();
  return [own];
}

function tagList(value: unknown): string[] {
  if (!Array.isArray(value)) refuse(null, "an array", value);
  const items: string[] = [];
  enter(0);
  for (const [index, item] of value.entries()) {
    at(index);
    if (typeof item !== "string") refuse(null, "a string", item);
    items.push(item);
  }
  leave();
  return items;
}

const tagCodec: Codec<string[]> = {
  write: (value) => value,
  read: (wire) => tagList(wire),
  copy: (value) => tagList(value),
};

/** Fields of a failure. */
interface TooMany {
  limit: number;
}

/** A failure as the generator would emit it. */
export class TooManyTags extends DeclaredFailure {
  readonly limit: number;

  constructor(fields: TooMany, message = "Too many tags.") {
    super("TooManyTags", message);
    this.limit = fields.limit;
  }
}

function copyTooMany({ limit }: TooMany): TooMany {
  if (typeof limit !== "number") refuse("limit", "a number", limit);
  return { limit };
}

export const tooManyTags: FailureContract<TooMany> = {
  name: "TooManyTags",
  type: TooManyTags,
  codec: { write: copyTooMany, read: (wire) => copyTooMany(untyped(wire)), copy: copyTooMany },
  create: (fields, message) => new TooManyTags(fields, message),
};

/** A session of nobody's connection. */
export function session(userId: string | undefined): Session {
  const nothing = async () => {};
  return {
    id: "s1",
    userId,
    groups: new Set(),
    data: undefined,
    bind: nothing,
    unbind: nothing,
    join: nothing,
    leave: nothing,
    setData: nothing,
    close: nothing,
  };
}

/** Hears how a dispatched call ends. */
export class Outcome implements Completion {
  readonly heard: unknown[] = [];
  #tell: () => void = () => {};
  /** Resolves once the call has ended. */
  readonly ended = new Promise<void>((resolve) => {
    this.#tell = resolve;
  });

  succeed(result: unknown): void {
    this.heard.push(result);
    this.#tell();
  }

  fail(error: RpcError): void {
    this.heard.push(error);
    this.#tell();
  }
}

/** A request from outside. */
export function request(method: TagMethod, tags: string[] = [], traits: Partial<Request> = {}): Request {
  return {
    method,
    session: undefined,
    args: [tags],
    timeout: undefined,
    ...traits,
  };
}

/** A value in a place that its type does not fit, as plain JavaScript may put it there. */
export function untyped<T>(value: unknown): T {
  return value as T;
}

/** A promise to be settled by a test. */
export function deferred<T>(): {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets everything run that is ready to. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
