import { useBroker } from "../setup/rabbitmq.js";
import { contractSuite } from "./contract-suite.js";
import { connect } from "./generated/client.js";
import { ModuleProcesses, meetAt, type Rig, startElsewhere, stopElsewhere } from "./rig.js";

const { url } = useBroker();

const name = "from an MQTT client to a gateway on a thread, and over RabbitMQ to the modules";

async function startRig(): Promise<Rig> {
  const meeting = meetAt(url);
  const modules = new ModuleProcesses(meeting);
  const anyPort = ["--mqtt", "0", "--http", "0"];
  const [front] = await Promise.all([startElsewhere("front", meeting, anyPort), modules.start()]);
  const address = /mqtt:\/\/[\w.]+:\d+/.exec(front.output())?.[0];
  if (address === undefined) throw new Error(`The gateway does not say where it is:\n${front.output()}`);
  const game = await connect(address);
  return {
    game,
    stopModules: () => modules.stop(),
    revive: () => modules.revive(),
    async close() {
      await game.close();
      await modules.stop();
      await stopElsewhere(front);
    },
  };
}

contractSuite(name, startRig, {
  "a call with a node goes there, and nowhere else": "clients know no nodes",
});
