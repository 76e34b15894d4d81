import { directStderr } from "../thread/direct-stderr.js";
import { runWorker } from "../thread/run-worker.js";
import { connectBroker } from "./connect-broker.js";
import { gatewayOf } from "./gateway-of.js";
import { loadConfig } from "./load-config.js";
import { createLog, type ProcessLog } from "./log.js";
import { Node } from "./node.js";
import type { WorkerData } from "./worker-data.js";

// What a worker thread runs: a node like that of the main thread, which takes its steps when the main thread says so.
runWorker<WorkerData, ProcessLog>({
  createLog: (_name, { logFormat }) => createLog(logFormat, directStderr),
  async start({ node: id, data, transport, log }) {
    const { configFile, process, thread, ports } = data;
    const configured = await loadConfig(configFile);
    const broker = process.usesBroker ? await connectBroker(configured.config, id, log) : undefined;
    const others = process.threads.filter(({ name }) => name !== thread.name);
    const node = await Node.assemble({
      configured,
      thread,
      node: id,
      neighbours: others.flatMap(({ modules }) => modules),
      ways: { threads: transport, broker },
      brokerState: broker && (() => broker.state),
      gateway: gatewayOf(configured.config, process.name, ports),
      log,
    });
    await broker?.ready;
    await node.start();
    return {
      steps: {
        listen: () => node.listen(),
        shut: () => node.shut(),
        finish: () => node.finish(),
        metrics: () => node.metrics(),
      },
      async stop() {
        const errors = await node.stop();
        if (errors.length > 0) throw new AggregateError(errors, "A thread did not stop cleanly");
      },
    };
  },
});
