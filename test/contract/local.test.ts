import { contractSuite } from "./contract-suite.js";
import { callAsGuest, startHere } from "./rig.js";

contractSuite(
  "in one thread",
  async () => {
    const application = await startHere("local");
    return { game: callAsGuest(), stopModules: () => application.stop(), close: () => application.stop() };
  },
  {
    "a callee that dies takes its calls with it, long before their deadlines": "the caller would die with it",
  },
);
