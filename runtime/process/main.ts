import { inspect } from "node:util";
import { startApplication } from "./application.js";
import { readCommandLine, type StartCommand, UsageError } from "./command-line.js";
import { describeListenError } from "./listen-error.js";
import { loadConfig } from "./load-config.js";
import { createLog } from "./log.js";
import { onSignals } from "./signals.js";
import { StartError } from "./start-error.js";

try {
  const command = readCommandLine(process.argv);
  if (command !== undefined) await start(command);
} catch (error) {
  fail(error);
}

async function start({ config, log: format, ...options }: StartCommand): Promise<void> {
  const log = createLog(format);
  // One forgotten `await` in a module must not throw every player out.
  process.on("unhandledRejection", (err) => log.error({ err }, "A promise was rejected and nobody looked"));

  const application = await startApplication(await loadConfig(config), { ...options, log });
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
  log.info(`MQTT listens at ${application.addresses.mqtt}`);
  process.stdout.write(`Antwire is ready at ${new URL(application.addresses.http).href}\n`);
}

function fail(error: unknown): never {
  if (error instanceof UsageError) {
    process.stderr.write(`antwire: ${error.message}. Try antwire --help\n`);
    process.exit(2);
  }
  const line = error instanceof StartError ? error.message : describeListenError(error);
  process.stderr.write(`antwire: ${line ?? inspect(error)}\n`);
  process.exit(1);
}
