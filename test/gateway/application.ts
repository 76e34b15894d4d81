import { CallCore } from "../../runtime/call/call-core.js";
import type { Callee, Invoker } from "../../runtime/call/callees.js";
import { ModuleDispatcher } from "../../runtime/call/module-dispatcher.js";
import type { GatewayConfig } from "../../runtime/config/config.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { createGateway, type Gateway } from "../../runtime/gateway/gateway.js";
import type { Logger } from "../../runtime/module/logger.js";
import type { Session } from "../../runtime/session/session.js";
import * as contracts from "./contracts.js";

/** A gateway before two small modules. */
export interface Application extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly mqttPort: number;
  readonly http: string;
  /** What `note` was called with, in the order of the calls. */
  readonly notes: number[];
  /** What `wave` was called with. */
  readonly waves: number[];
  /** The signals of the calls of `wait` that run, and what ends each with a result. */
  readonly waiting: { readonly signal: AbortSignal; finish(result: number): void }[];
  /** The sessions that called something, by the order of their first calls. */
  readonly sessions: Session[];
  readonly ended: Session[];
  readonly logged: { readonly level: string; readonly message: string; readonly fields: object }[];
}

/** Starts it on free ports. */
export async function startApplication(config: Partial<GatewayConfig> = {}): Promise<Application> {
  const notes: number[] = [];
  const waves: number[] = [];
  const waiting: { signal: AbortSignal; finish(result: number): void }[] = [];
  const sessions: Session[] = [];
  const ended: Session[] = [];
  const logged: { level: string; message: string; fields: object }[] = [];
  const log = recordingLogger(logged);
  const core = new CallCore({ createRpc: () => undefined, log });

  const handlers: { [name: string]: Invoker } = {
    async enter(_handlers, session, [name]) {
      if (name === "taken") throw new contracts.NameTaken("Ann", "Ann has that name");
      await session?.bind(String(name));
      await session?.join("lobby");
    },
    async say(_handlers, _session, [text, at]) {
      if (text === "") throw new RpcError("permission-denied", "Say something");
      const line = { text, at: at ?? new Date(0) };
      gateway.push(contracts.said, { kind: "group", id: "lobby" }, line);
      return line;
    },
    wave(_handlers, _session, [times]) {
      waves.push(Number(times));
      if (Number(times) < 0) throw new Error("nobody waves less than once");
    },
    wait: (_handlers, _session, _args, { signal }) =>
      new Promise((resolve) => waiting.push({ signal, finish: resolve })),
    note(_handlers, _session, [number]) {
      notes.push(Number(number));
      return number;
    },
    labour(_handlers, _session, [milliseconds]) {
      const end = performance.now() + Number(milliseconds);
      while (performance.now() < end);
      return milliseconds;
    },
    break: () => "no number",
    fault() {
      throw new Error("the password is 1234");
    },
    flood: (_handlers, _session, [bytes]) => "x".repeat(Number(bytes)),
    secret() {
      throw new Error("an internal method was reached");
    },
    top: (_handlers, _session, [count]) => ["Ann", "Bob", "Eve"].slice(0, Number(count)),
  };

  const callee = (method: MethodContract): Callee => ({
    method,
    handlers: {},
    invoke(none, session, args, call) {
      if (session !== undefined && !sessions.includes(session)) sessions.push(session);
      return handlers[method.name]?.(none, session, args, call);
    },
  });
  const { enter, say, wave, wait, note, labour, break_, fault, flood, secret, top } = contracts;
  const room = [
    enter,
    say,
    wave,
    wait,
    note,
    labour,
    break_,
    fault,
    flood,
    secret,
  ] as readonly MethodContract[];
  core.callees.open("Room", room.map(callee));
  core.callees.open("Score", [callee(top as MethodContract)]);

  const gateway = createGateway({
    config: { mqtt: 0, http: 0, ...config },
    routes: contracts.routes,
    dispatcher: new ModuleDispatcher(core),
    log,
    rpc: "the stubs",
    onSessionEnd: (session) => ended.push(session),
  });
  const { mqtt, http } = await gateway.listen();
  return {
    gateway,
    mqttPort: Number(new URL(mqtt).port),
    http,
    notes,
    waves,
    waiting,
    sessions,
    ended,
    logged,
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
