import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { listeners, startBench } from "./antwire.js";
import { machineNow } from "./machine-clock.js";
import { profileOfBytes } from "./profile-of-bytes.js";
import { cpuMeter } from "./server.js";

const { push, mqttPort } = await startBench();
const next = rotate(profiles.slice(0, 1));

answer({
  listen: () => mqttPort,
  push: () => push.news.toGroup(listeners, next()),
  pushBytes(bytes: number) {
    const profile = profileOfBytes(bytes);
    const began = machineNow();
    push.news.toGroup(listeners, profile);
    return began;
  },
  ...cpuMeter,
});
