import { answer } from "../harness/answer.js";
import { startBench } from "./antwire.js";
import { readResidentMemory } from "./resident-memory.js";
import { cpuMeter } from "./server.js";

const { mqttPort } = await startBench();

answer({ listen: () => mqttPort, memory: readResidentMemory, ...cpuMeter });
