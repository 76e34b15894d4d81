import { directStderr } from "../../runtime/thread/direct-stderr.js";
import { runWorker } from "../../runtime/thread/run-worker.js";
import type { ThreadLog } from "../../runtime/thread/thread-log.js";
import type { Frame } from "../../runtime/transport/transport.js";

// A worker that does what frames tell it to: [what, …arguments].

/** What a worker of the tests gets from the plan. */
export interface WorkerData {
  /** How its start goes wrong. */
  readonly start?: "rejects" | "exits";
  /** How its stop goes. */
  readonly stop?: "never" | "rejects";
}

const log: ThreadLog = { info: write, warn: write, error: write };

function write(_fields: object, message: string): void {
  directStderr.write(`${message}\n`);
}

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

runWorker<WorkerData, ThreadLog>({
  createLog: () => log,
  async start({ modules, transport, node, data }) {
    if (data.start === "rejects") throw new RangeError("cannot start like this");
    if (data.start === "exits") process.exit(7);

    const tell = (to: string, frame: Frame) => transport.lane({ kind: "node", node: to }).send(frame, 1000);
    let steps = 0;

    transport.listen({
      onFrame(frame, { from }) {
        const [what, argument] = frame;
        switch (what) {
          case "echo":
            tell(from, frame);
            break;
          case "steps":
            tell(from, ["steps", steps]);
            break;
          case "subscribe":
            void transport.subscribe(String(argument)).then(() => tell(from, ["subscribed", node]));
            break;
          case "retire":
            void transport.retire(String(argument)).then(() => tell(from, ["retired"]));
            break;
          case "pass on":
            // To a module that another worker serves.
            transport.lane({ kind: "module", module: String(argument) }).send(["answer", from], 1000);
            break;
          case "answer":
            tell(String(argument), ["answered", node, from]);
            break;
          case "block":
            block(Number(argument));
            tell(from, ["blocked"]);
            break;
          case "hang":
            tell(from, ["hanging"]);
            setImmediate(() => block(60_000));
            break;
          case "reject":
            void Promise.reject(new Error("nobody looks"));
            break;
          case "throw":
            throw new Error("thrown by a worker");
          case "exit":
            process.exit(3);
        }
      },
      onUndelivered() {},
      onInterrupted() {},
      onNodeGone() {},
    });
    for (const module of modules) await transport.serve(module);
    // What a module leaves open must not keep the thread.
    setInterval(() => {}, 1000);
    return {
      steps: {
        count: () => {
          steps++;
        },
        fail: async () => {
          throw new TypeError("a step failed");
        },
      },
      stop() {
        if (data.stop === "rejects") throw new Error("cannot stop like this");
        return data.stop === "never" ? new Promise<void>(() => {}) : undefined;
      },
    };
  },
});
