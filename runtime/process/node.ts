import { setImmediate as turn } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import type { CallCore } from "../call/call-core.js";
import type { Addresses, Cleanup } from "../config/config.js";
import { RpcError } from "../error/rpc-error.js";
import { sessionEndTopic } from "../gateway-module/session-ends.js";
import type { NodeMetrics } from "../metrics/node-metrics.js";
import { within } from "../module/within.js";
import {
  assembleNode,
  describeTrouble,
  type NodeOptions,
  type NodeParts,
  stepLimit,
} from "./assemble-node.js";

/**
 * One thread of an application at work: its modules, and the gateway if it has one. What the threads of a
 * process do together, such as stopping, they do step by step.
 */
export class Node {
  readonly #parts: NodeParts;
  readonly #errors: Error[] = [];
  #cleanup: Cleanup | undefined = undefined;
  #metrics: Promise<NodeMetrics> | undefined = undefined;

  private constructor(parts: NodeParts) {
    this.#parts = parts;
  }

  static async assemble(options: NodeOptions): Promise<Node> {
    return new Node(await assembleNode(options));
  }

  /** What keeps it from its work; undefined where nothing does. */
  get trouble(): string | undefined {
    return describeTrouble(this.#parts.brokerState?.());
  }

  /** How it is, as Prometheus reads it. */
  async metrics(): Promise<string> {
    this.#metrics ??= this.#watch();
    return (await this.#metrics).text();
  }

  async #watch(): Promise<NodeMetrics> {
    // Only here: most processes tell nobody, and load nothing for it.
    const { NodeMetrics } = await import("../metrics/node-metrics.js");
    const { brokerState, core, gateway, name } = this.#parts;
    return new NodeMetrics({
      thread: name,
      isMain: isMainThread,
      look: gateway && (() => gateway.look()),
      callsRunning: () => core.running,
      isConnected: brokerState && (() => brokerState() !== "lost"),
    });
  }

  /** What its calls share, for who calls modules from outside. */
  get core(): CallCore {
    return this.#parts.core;
  }

  /** Starts the modules, and takes calls of other nodes to them. All or nothing as far as the modules go. */
  async start(): Promise<void> {
    const { lifeCycle, modules, network } = this.#parts;
    await lifeCycle.start();
    if (network === undefined) return;
    if (this.#caresForSessions) {
      network.watch.start();
      await network.subscribe(sessionEndTopic);
    }
    await network.serve(modules.map(({ name }) => name));
  }

  /** Lets clients in, where there is a gateway. Rejects with Node's error where a port is taken. */
  async listen(): Promise<Addresses | undefined> {
    const { gateway, configured } = this.#parts;
    const addresses = await gateway?.listen();
    if (addresses !== undefined) this.#cleanup = await configured.config.onReady?.(addresses);
    return addresses;
  }

  /** Takes no more clients, calls of clients, and calls of other processes. */
  async shut(): Promise<void> {
    const { gateway, dispatcher, modules, network } = this.#parts;
    await this.#attempt("Closing the ports", () => gateway?.stopAccepting());
    dispatcher.stop();
    network?.watch.stop();
    await this.#attempt("Leaving the modules' queues", () =>
      network?.retire(modules.map(({ name }) => name)),
    );
    const cleanup = this.#cleanup;
    if (cleanup !== undefined) await this.#attempt("What onReady returned", cleanup);
  }

  /**
   * Lets calls in flight end, and then the sessions: before the modules stop, so that these hear of the end
   * of each. Many keep what a player has until then.
   */
  async finish(): Promise<void> {
    const { gateway, lifeCycle } = this.#parts;
    await this.#endCalls();
    await this.#attempt("Ending the sessions", () => gateway?.close());
    await this.#attempt("What modules do at the end of a session", () => lifeCycle.sessionsEnded());
    // Other threads hear of it with the next turn.
    await turn();
  }

  /** Stops the modules, in reverse order, and leaves the other nodes. Resolves with all that went wrong on the way. */
  async stop(): Promise<readonly Error[]> {
    const { lifeCycle, network } = this.#parts;
    // What other threads sent before they finished.
    await turn();
    if (this.#caresForSessions) {
      await this.#attempt("Leaving the topics", () => network?.unsubscribe(sessionEndTopic));
    }
    await this.#attempt("What modules do at the end of a session", () => lifeCycle.sessionsEnded());
    this.#errors.push(...(await lifeCycle.stop()));
    await this.#attempt("Leaving the other nodes", () => network?.close());
    return this.#errors;
  }

  /** Whether a module wants to hear of the ends of sessions. */
  get #caresForSessions(): boolean {
    return this.#parts.modules.some(({ sessionEndSteps }) => sessionEndSteps.length > 0);
  }

  /** Does a step, and goes on where it fails or takes longer than it may. */
  async #attempt(what: string, step: () => void | Promise<void> | undefined): Promise<void> {
    try {
      await within(stepLimit, step, `It took longer than ${stepLimit} ms`);
    } catch (cause) {
      this.#errors.push(new Error(`${what} failed`, { cause }));
    }
  }

  async #endCalls(): Promise<void> {
    const { core, configured, log } = this.#parts;
    const { grace = 10_000 } = configured.config;
    try {
      await within(grace, () => core.idle(), "late");
    } catch {
      // Being idle never fails: it can only take too long.
      log.warn(`Calls that took longer than ${grace} ms were ended with the server`);
      core.interruptAll(new RpcError("unavailable", "The server is stopping"));
    }
  }
}
