import { createServer } from "node:net";
import { Aedes } from "aedes";
import { answer } from "../harness/answer.js";
import { readResidentMemory } from "./resident-memory.js";
import { cpuMeter, listen } from "./server.js";

// Aedes as it comes, on bare sockets.
const broker = new Aedes();
await broker.listen();
const server = createServer({ noDelay: true }, (socket) => broker.handle(socket));

answer({ listen: () => listen(server), memory: readResidentMemory, ...cpuMeter });
