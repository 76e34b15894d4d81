import { inspect } from "node:util";
import { BrokerError } from "../amqp/broker-error.js";
import { describePlacement } from "../placement/describe-placement.js";
import { PlacementError } from "../placement/placement.js";
import { planProcesses } from "../placement/plan-placement.js";
import { startApplication } from "./application.js";
import { readCommandLine, type StartCommand, UsageError } from "./command-line.js";
import { describeListenError } from "./listen-error.js";
import { loadConfig } from "./load-config.js";
import { createLog } from "./log.js";
import { onSignals } from "./signals.js";
import { StartError } from "./start-error.js";

try {
  const command = readCommandLine(process.argv);
  if (command?.kind === "start") await start(command);
  if (command?.kind === "placement") await showPlacement(command.config);
} catch (error) {
  fail(error);
}

async function start({ config, log: format, ...options }: StartCommand): Promise<void> {
  const log = createLog(format);
  // One forgotten `await` in a module must not throw every player out.
  process.on("unhandledRejection", (err) => log.error({ err }, "A promise was rejected and nobody looked"));

  const application = await startApplication(await loadConfig(config), {
    ...options,
    log,
    logFormat: format,
    configFile: config,
  });
  onSignals({
    stop() {
      log.info("Stopping");
      application.stop().then(
        () => process.exit(0),
        (err: unknown) => {
          log.error({ err }, "The application did not stop cleanly");
          process.exit(1);
        },
      );
    },
    exit: (code) => process.exit(code),
  });
  if (application.hasGateway) log.info(`MQTT listens at ${application.addresses.mqtt}`);
  const where = application.hasGateway ? ` at ${new URL(application.addresses.http).href}` : "";
  process.stdout.write(`Antwire is ready${where}\n`);
}

async function showPlacement(file: string): Promise<void> {
  const { config } = await loadConfig(file);
  process.stdout.write(`${describePlacement(planProcesses(config))}\n`);
}

function fail(error: unknown): never {
  if (error instanceof UsageError) {
    process.stderr.write(`antwire: ${error.message}. Try antwire --help\n`);
    process.exit(2);
  }
  const isForOneLine =
    error instanceof StartError || error instanceof PlacementError || error instanceof BrokerError;
  const line = isForOneLine ? error.message : describeListenError(error);
  process.stderr.write(`antwire: ${line ?? inspect(error)}\n`);
  process.exit(1);
}
