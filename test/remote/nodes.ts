import { expect } from "vitest";
import type { StubOptions } from "../../runtime/call/caller.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import { Remote } from "../../runtime/remote/remote.js";
import type { Frame, NodeId } from "../../runtime/transport/transport.js";
import { describe, type Handler, Stage, session, settle, type TagMethod } from "../call/stage.js";
import { type MemoryTransport, Network } from "./network.js";

/** A node: calls, and how they come and go. */
export class Node {
  readonly id: NodeId;
  readonly transport: MemoryTransport;
  readonly stage: Stage;
  readonly remote: Remote;

  constructor(id: NodeId, nodes: Nodes) {
    this.id = id;
    this.transport = nodes.network.join(id);
    this.stage = new Stage({
      find: (module, node) => (node === undefined ? this.remote.module(module) : this.remote.node(node)),
    });
    this.remote = new Remote({
      transport: this.transport,
      core: this.stage.core,
      sessions: {
        write: ({ id: name, userId = null }) => [name, userId],
        read: (wire) => (Array.isArray(wire) ? session(wire[1] ?? undefined) : undefined),
      },
      findMethod: (module, method) => nodes.methods.get(`${module}.${method}`),
    });
  }

  call(method: TagMethod, tags: string[] = [], options?: StubOptions): Promise<string[]> {
    return this.stage.call(method, tags, options);
  }

  /** The same, as a word: the result, or the code of the error. */
  async outcome(method: TagMethod, tags: string[] = [], options?: StubOptions): Promise<string> {
    return await this.call(method, tags, options).then(
      (result) => result.join(),
      (error) => error.code,
    );
  }

  stream(method: TagMethod, options?: StubOptions): AsyncIterableIterator<string[]> {
    const items = this.stage.caller.stream(method, undefined, [[]], options)[Symbol.asyncIterator]();
    return Object.assign(items, { [Symbol.asyncIterator]: () => items }) as AsyncIterableIterator<string[]>;
  }

  /** Kinds of the frames that this node has sent, in order. */
  frames(network: Network, kind: number): Frame[] {
    return network.sent.flatMap(({ from, frame }) => (from === this.id && frame[0] === kind ? [frame] : []));
  }
}

/** Nodes that know the same methods. */
export class Nodes {
  readonly network = new Network();
  readonly methods = new Map<string, MethodContract>();
  readonly #nodes: Node[] = [];

  node(id: NodeId): Node {
    const node = new Node(id, this);
    this.#nodes.push(node);
    return node;
  }

  /** Makes a method of the module `Stage`, and hosts it on some nodes. */
  async method(
    handler: Handler,
    hosts: readonly Node[],
    traits: Partial<TagMethod> = {},
  ): Promise<TagMethod> {
    const method = describe(traits);
    this.methods.set(`${method.module}.${method.name}`, method);
    for (const host of hosts) {
      host.stage.host(method, handler);
      await host.remote.serve(method.module);
    }
    return method;
  }

  /** Lets time pass everywhere, with frames going to and fro. */
  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      for (const { stage } of this.#nodes) stage.clock.pass(50);
      await settle();
    }
    await this.travel();
  }

  /** Lets frames arrive, and what they cause. */
  async travel(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) await settle();
  }

  /** Nothing is left of any call: no entry in a table, no timer, no message that was not acknowledged. */
  async expectNothingLeft(): Promise<void> {
    await this.pass(1_500);
    const living = this.#nodes.filter(({ id }) => this.network.nodes.has(id));
    for (const { stage } of living) {
      // While a table has an entry, somebody looks at it regularly.
      expect(stage.clock.isTicking).toBe(false);
      expect(stage.core.streams.size).toBe(0);
      await stage.core.idle();
    }
    expect([...this.network.held].map(({ message }) => message.frames)).toEqual([]);
  }
}
