import { CallCore } from "../../runtime/call/call-core.js";
import type { Callee, Invoker } from "../../runtime/call/callees.js";
import { ModuleDispatcher } from "../../runtime/call/module-dispatcher.js";
import { systemClock } from "../../runtime/clock/clock.js";
import { type Codec, nothing } from "../../runtime/codec/codec.js";
import type { GatewayConfig } from "../../runtime/config/config.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import type { PushContract } from "../../runtime/contract/push.js";
import type { Routes } from "../../runtime/contract/route.js";
import { createGateway, type Gateway } from "../../runtime/gateway/gateway.js";
import * as json from "../../runtime/json/forms.js";
import type { Logger } from "../../runtime/module/logger.js";
import type { Session } from "../../runtime/session/session.js";

/** Values that are on the wire what they are. */
const anything: Codec = { write: (value) => value, read: (wire) => wire, copy: (value) => value };

const shared = {
  module: "Game",
  access: "session",
  timeout: undefined,
  idempotent: false,
  args: anything as Codec<readonly unknown[]>,
  failures: [],
} as const;

function method(name: string, ...parameters: string[]): MethodContract {
  return { ...shared, name, kind: "call", parameters, result: anything };
}

/** Binds the session to a user, puts it into a group, and gives it data. */
const enter = method("enter", "user", "group", "data");
/** What the session is. */
const show = method("show");
/** Remembers a number. */
const note: MethodContract = {
  ...shared,
  name: "note",
  kind: "oneway",
  parameters: ["number"],
  result: nothing,
};
/** Ends when it is cancelled. */
const wait = method("wait");

function push(name: string, marks: { latest?: true; replay?: true } = {}): PushContract {
  return { module: "Game", name, value: anything, ...marks };
}

export const said = push("said", { replay: true });
export const moved = push("moved", { latest: true });
export const rang = push("rang");

const routes: Routes = {
  methods: new Map(
    [enter, show, note, wait].map((contract) => [
      `Game/${contract.name}`,
      { method: contract, parameters: contract.parameters.map(() => json.plain), result: json.plain },
    ]),
  ),
  pushes: new Map(
    [said, moved, rang].map((contract) => [`Game/${contract.name}`, { push: contract, value: json.plain }]),
  ),
  failures: new Map(),
};

/** A gateway before a small module. */
export interface Game extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly mqttPort: number;
  readonly http: string;
  /** What `note` was called with, in the order of the calls. */
  readonly notes: number[];
  /** Those who called `enter`, in the order of their calls. */
  readonly sessions: Session[];
  readonly ended: Session[];
  /** The signals of the calls of `wait`. */
  readonly waits: AbortSignal[];
  readonly logged: { readonly level: string; readonly message: string; readonly fields: object }[];
  /** How often somebody was asked for. */
  readonly authenticated: string[];
  /** Moves the gateway's time on, past what really passed. */
  pass(milliseconds: number): void;
}

export async function startGame(config: Partial<GatewayConfig> = {}): Promise<Game> {
  const notes: number[] = [];
  const sessions: Session[] = [];
  const ended: Session[] = [];
  const waits: AbortSignal[] = [];
  const authenticated: string[] = [];
  const logged: { level: string; message: string; fields: object }[] = [];
  const log = recordingLogger(logged);
  let passed = 0;

  const handlers: { [name: string]: Invoker } = {
    async enter(_handlers, session, [user, group, data]) {
      if (session === undefined) return;
      sessions.push(session);
      await session.bind(String(user));
      if (group !== undefined) await session.join(String(group));
      if (data !== undefined) await session.setData(data);
    },
    show: (_handlers, session) => [
      session?.id,
      session?.userId,
      [...(session?.groups ?? [])],
      session?.data ?? null,
    ],
    note: (_handlers, _session, [number]) => {
      notes.push(Number(number));
    },
    wait: (_handlers, _session, _args, { signal }) =>
      new Promise((_resolve, reject) => {
        waits.push(signal);
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  };
  const core = new CallCore({ createRpc: () => undefined, log });
  core.callees.open(
    "Game",
    [enter, show, note, wait].map(
      (contract): Callee => ({
        method: contract,
        handlers: {},
        invoke: (none, session, args, call) => handlers[contract.name]?.(none, session, args, call),
      }),
    ),
  );
  const gateway = createGateway({
    config: {
      mqtt: 0,
      http: 0,
      authenticate({ username }) {
        authenticated.push(String(username));
        return "guest";
      },
      ...config,
    },
    routes,
    dispatcher: new ModuleDispatcher(core),
    log,
    rpc: undefined,
    onSessionEnd: (session) => ended.push(session),
    clock: { ...systemClock, now: () => systemClock.now() + passed },
  });
  const { mqtt, http } = await gateway.listen();
  return {
    gateway,
    mqttPort: Number(new URL(mqtt).port),
    http,
    notes,
    sessions,
    ended,
    waits,
    logged,
    authenticated,
    pass(milliseconds) {
      passed += milliseconds;
    },
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

function recordingLogger(logged: { level: string; message: string; fields: object }[]): Logger {
  const record = (level: string) => (fields: object | string, message?: string) => {
    if (typeof fields === "string") logged.push({ level, message: fields, fields: {} });
    else logged.push({ level, message: message ?? "", fields });
  };
  return { debug: record("debug"), info: record("info"), warn: record("warn"), error: record("error") };
}
