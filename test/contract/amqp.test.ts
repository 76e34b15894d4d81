import { useBroker } from "../setup/rabbitmq.js";
import { contractSuite } from "./contract-suite.js";
import { callAsGuest, ModuleProcesses, meetAt, startHere } from "./rig.js";

const { url } = useBroker();

contractSuite("between processes, over RabbitMQ", async () => {
  const meeting = meetAt(url);
  const modules = new ModuleProcesses(meeting);
  const [caller] = await Promise.all([startHere("caller", meeting), modules.start()]);
  return {
    game: callAsGuest(),
    stopModules: () => modules.stop(),
    revive: () => modules.revive(),
    async close() {
      await modules.stop();
      await caller.stop();
    },
  };
});
