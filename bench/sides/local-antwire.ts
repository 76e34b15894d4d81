import { answer } from "../harness/answer.js";
import { measureAsync } from "../harness/measure.js";
import { profiles, rotate } from "../sample.js";
import { startBench } from "./antwire.js";

const { rpc } = await startBench();
const next = rotate(profiles);

answer({ run: (seconds: number) => measureAsync(seconds, () => rpc.bench.pass(next())) });
