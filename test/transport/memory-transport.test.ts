import { Node } from "../../runtime/process/node.js";
import { createNodeId, createProcessId } from "../../runtime/process/node-id.js";
import { CapturedLog } from "../../runtime/testing/captured-log.js";
import configured from "../contract/antwire.config.js";
import { contractSuite } from "../contract/contract-suite.js";
import { callAsGuest } from "../contract/rig.js";
import { Exchange } from "./memory-transport.js";

contractSuite(
  "between nodes of one thread, over the transport of docs/transports.md",
  async () => {
    const exchange = new Exchange();
    const startNode = async (name: string, modules: readonly string[]) => {
      const id = createNodeId(createProcessId(name), "main", 1);
      const node = await Node.assemble({
        configured,
        thread: { name: "main", modules, hasGateway: false },
        node: id,
        neighbours: [],
        ways: { broker: exchange.join(id) },
        gateway: {},
        log: new CapturedLog().log,
      });
      await node.start();
      return node;
    };
    const stop = async (node: Node) => {
      await node.shut();
      await node.finish();
      await node.stop();
    };
    const works = await startNode("workers", ["values", "work"]);
    const relays = await startNode("relays", ["relay"]);
    const caller = await startNode("caller", ["desk"]);
    let stopped: Promise<unknown> | undefined;
    const stopModules = async () => {
      stopped ??= Promise.all([works, relays].map(stop));
      await stopped;
    };
    return {
      game: callAsGuest(),
      stopModules,
      async revive() {},
      async close() {
        await stopModules();
        await stop(caller);
      },
    };
  },
  {
    "a callee that dies takes its calls with it, long before their deadlines, and can come back":
      "the caller would die with it",
  },
);
