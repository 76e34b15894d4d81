import { contractSuite } from "./contract-suite.js";
import { callAsGuest, startHere } from "./rig.js";

contractSuite(
  "in one thread",
  async () => {
    const application = await startHere("local");
    const stop = () => application.stop();
    return { game: callAsGuest(), stopModules: stop, async revive() {}, close: stop };
  },
  {
    "a callee that dies takes its calls with it, long before their deadlines, and can come back":
      "the caller would die with it",
  },
);
