import { answer } from "../../../harness/answer.js";
import { startBench } from "../../../sides/antwire.js";
import { cpuMeter } from "../../../sides/server.js";

const { addresses } = await startBench();

const { mqtt, http } = addresses;

answer({ listen: () => ({ mqtt, http: new URL("/mqtt", http).href }), ...cpuMeter });
