import { answer } from "../../../harness/answer.js";
import { startTwoThreads } from "../../../sides/two-threads.js";
import { inFlight } from "../../harness/load.js";

const bench = await startTwoThreads();
if (bench !== undefined) answer({ open() {}, ...inFlight((profile) => bench.pass(profile)) });
