import { contractSuite } from "./contract-suite.js";
import { callAsGuest, startHere } from "./rig.js";

contractSuite("between the threads of a process", async () => {
  const application = await startHere("threads");
  const stop = () => application.stop();
  return { game: callAsGuest(), stopModules: stop, async revive() {}, close: stop };
});
