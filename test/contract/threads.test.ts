import { contractSuite } from "./contract-suite.js";
import { callAsGuest, startHere } from "./rig.js";

contractSuite("between the threads of a process", async () => {
  const application = await startHere("threads");
  return { game: callAsGuest(), stopModules: () => application.stop(), close: () => application.stop() };
});
