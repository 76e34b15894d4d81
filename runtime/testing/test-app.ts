/// <reference lib="esnext.disposable" preserve="true" />
import { ModuleCaller } from "../call/module-caller.js";
import type { ConnectOptions } from "../client/connect-options.js";
import type { Connection } from "../client/link.js";
import type { ConfiguredApplication } from "../config/config.js";
import { Node } from "../process/node.js";
import { createNodeId, createProcessId } from "../process/node-id.js";
import type { Session } from "../session/session.js";
import { CapturedLog, type LogEntry } from "./captured-log.js";
import type { Fakes } from "./fakes.js";
import { MemoryNetwork } from "./memory-network.js";
import { TestClients } from "./test-clients.js";
import { TestClock } from "./test-clock.js";
import { type Cast, createTestConfig } from "./test-config.js";
import { withCauses } from "./with-causes.js";

/** What a test wants of its application. */
export interface TestOptions<Rpc, Client> {
  /** The generated `Game`, so that clients are typed; without it they are plain connections. */
  readonly client?: new (
    connection: Connection,
  ) => Client;
  /** Functions in the place of modules: `{ ranking: { record: async () => {} } }`. */
  readonly fakes?: Fakes<NoInfer<Rpc>>;
  /** The time at the beginning; default: now. */
  readonly now?: Date;
  /**
   * Told how to print what was logged, for when the test fails: Vitest's `onTestFailed`, or in `node:test`
   * `(show) => t.after(() => t.passed || show())`.
   */
  readonly onFailure?: (show: () => void) => unknown;
}

/** Who a client is to be, and how it connects. */
export interface TestClientOptions<Client> extends Omit<ConnectOptions<Client>, "mqtt"> {
  /** The user that the session is bound to, without `authenticate` being asked. */
  readonly user?: string;
}

/** The time of an application under test. */
export interface ClockControl {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Lets time pass, and everything happen that is due on the way: deadlines, timers of modules, signs of life,
   * reconnections. Nothing else moves this time.
   */
  advance(milliseconds: number): Promise<void>;
}

/** A whole application in the process of a test, without a port. */
export interface TestApp<Rpc, Client> extends AsyncDisposable {
  /** Stubs of all modules, internal methods included. */
  readonly rpc: Rpc;
  readonly clock: ClockControl;
  /** What was logged so far. */
  readonly logs: readonly LogEntry[];
  /**
   * Connects a client: through the gateway, its access checks, codecs and limits, as over a network. A string
   * is its user name; without anything it is a guest. Rejects as the generated `connect` does.
   */
  client(who?: string | TestClientOptions<Client>): Promise<Client>;
  /** The session of a client, to call modules with: `app.rpc.chat.say(app.session(ann), …)`. */
  session<Of extends Session = Session>(client: Client): Of;
  /** Breaks the connection of a client, as a network does. It comes back as time passes. */
  cut(client: Client): void;
  /** Resolves when everything that is under way has arrived, so that what has not come does not come. */
  settled(): Promise<void>;
  /** Ends the clients and stops the modules. Rejects with an `AggregateError` where one did not stop cleanly. */
  stop(): Promise<void>;
}

/**
 * Starts an application in this process and thread, with the modules of its config, whatever its placement is.
 * Clients reach its gateway through memory. `onReady` is not run.
 *
 * Rejects with what a module throws on the way.
 */
export function testApp<Rpc, Client = Connection>(
  configured: ConfiguredApplication<Rpc>,
  options: TestOptions<Rpc, Client> = {},
): Promise<TestApp<Rpc, Client>> {
  return start(configured, undefined, options);
}

/**
 * Starts one module of an application, with fakes in the place of all others. What is called and not faked
 * answers with `unimplemented`, and a message that names it.
 *
 * @param key how the config names the module
 */
export function testModule<Rpc, Client = Connection>(
  configured: ConfiguredApplication<Rpc>,
  key: Extract<keyof NoInfer<Rpc>, string>,
  options: TestOptions<Rpc, Client> = {},
): Promise<TestApp<Rpc, Client>> {
  return start(configured, key, options);
}

async function start<Rpc, Client>(
  configured: ConfiguredApplication<Rpc>,
  only: string | undefined,
  options: TestOptions<Rpc, Client>,
): Promise<TestApp<Rpc, Client>> {
  const captured = new CapturedLog();
  options.onFailure?.(() => captured.show());
  const network = new MemoryNetwork();
  const clock = new TestClock(options.now?.getTime() ?? Date.now(), {
    beforePassing: () => node.core.wheel.fix(),
    settle: () => network.settle(),
  });
  const clients = new TestClients<Client>({ network, clock, captured, create: options.client });
  // Each member is an object of functions, or absent.
  const cast: Cast = { only, fakes: (options.fakes ?? {}) as Cast["fakes"] };
  const config = createTestConfig(configured, cast, clients);
  const node = await Node.assemble({
    configured: config,
    thread: { name: "main", modules: Object.keys(config.config.modules), hasGateway: true },
    node: createNodeId(createProcessId("test"), "main", 1),
    neighbours: [],
    ways: { threads: undefined, broker: undefined },
    gateway: config.config.gateway ?? {},
    log: captured.log,
    clock,
    createDoors: network.createDoors,
  });
  try {
    await node.start();
    await node.listen();
  } catch (error) {
    await stopNode(node);
    throw error;
  }
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopAll(node, clients);
    return stopping;
  };
  return {
    rpc: configured.application.createRpc(withCauses(new ModuleCaller(node.core, undefined), captured)),
    clock: { now: () => clock.wallTime(), advance: (milliseconds) => clock.advance(milliseconds) },
    logs: captured.entries,
    client: (who) => clients.connect(who),
    // The stub that takes it says which type the application's sessions have.
    session: <Of extends Session>(client: Client) => clients.sessionOf(client) as Of,
    cut: (client) => network.cut(clients.addressOf(client)),
    settled: () => network.settle(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function stopAll(node: Node, clients: TestClients<unknown>): Promise<void> {
  await clients.closeAll();
  const errors = await stopNode(node);
  if (errors.length > 0) throw new AggregateError(errors, "The application did not stop cleanly");
}

async function stopNode(node: Node): Promise<readonly Error[]> {
  await node.shut();
  await node.finish();
  return node.stop();
}
