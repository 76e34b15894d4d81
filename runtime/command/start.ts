import { startApplication } from "../process/application.js";
import { loadConfig } from "../process/load-config.js";
import { createLog, type LogFormat } from "../process/log.js";
import { onSignals } from "../process/signals.js";
import { UsageError } from "./command-error.js";
import { createCommand } from "./create-command.js";
import type { Words } from "./read-words.js";
import { configFlag, startUsage } from "./start-usage.js";
import { tellStartErrors } from "./tell-start-errors.js";

const port = { from: 0, to: 65_535 };

/** Runs the application, or one of its processes. */
export const start = createCommand(startUsage, async (read, words) => {
  const wish = readWish(read);
  if (!read.has("watch")) return tellStartErrors(() => startAndStay(wish));
  const { startWatching } = await import("./start-watching.js");
  return startWatching({ config: wish.config, words: words.filter((word) => word !== "--watch") });
});

type Wish = ReturnType<typeof readWish>;

function readWish(words: Words) {
  return {
    process: words.arguments[0],
    config: words.text("config") ?? configFlag.default,
    threads: words.number("threads", { from: 0, to: 1_024 }),
    host: words.text("host"),
    mqtt: words.number("mqtt", port),
    http: words.number("http", port),
    logFormat: readLogFormat(words.text("log") ?? "text"),
  };
}

function readLogFormat(value: string): LogFormat {
  if (value === "text" || value === "json") return value;
  throw new UsageError(`--log takes text or json, not ${JSON.stringify(value)}.`);
}

async function startAndStay({ config, ...options }: Wish): Promise<undefined> {
  const log = createLog(options.logFormat);
  // One forgotten `await` in a module must not throw every player out.
  process.on("unhandledRejection", (err) => log.error({ err }, "A promise was rejected and nobody looked"));

  const application = await startApplication(await loadConfig(config), {
    ...options,
    log,
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
