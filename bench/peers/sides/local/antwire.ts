import { answer } from "../../../harness/answer.js";
import { startBench } from "../../../sides/antwire.js";
import { oneByOne } from "../../harness/load.js";

const { rpc } = await startBench();

answer({ open() {}, ...oneByOne((profile) => rpc.bench.pass(profile)) });
