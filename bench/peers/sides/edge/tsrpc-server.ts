import { createServer } from "node:net";
import { answer } from "../../../harness/answer.js";
import { cpuMeter, listen } from "../../../sides/server.js";
import { quiet, type ServiceType, serviceProto, WsServer } from "../tsrpc.js";

// It cannot say which free port it took, so one is looked for beforehand.
async function findPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start(): Promise<string> {
  const port = await findPort();
  const server = new WsServer<ServiceType>(serviceProto, { ...quiet, port });
  server.implementApi("Echo", (call) => call.succ(call.req));
  await server.start();
  return `ws://127.0.0.1:${port}`;
}

answer({ listen: start, ...cpuMeter });
