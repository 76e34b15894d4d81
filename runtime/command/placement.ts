import { describePlacement } from "../placement/describe-placement.js";
import { planProcesses } from "../placement/plan-placement.js";
import { loadConfig } from "../process/load-config.js";
import { createCommand } from "./create-command.js";
import { configFlag } from "./start-usage.js";
import { tellStartErrors } from "./tell-start-errors.js";
import type { Usage } from "./usage.js";

const usage: Usage = {
  synopsis: "placement",
  summary: "Says where everything runs and how it reaches each other. Starts nothing.",
  flags: { config: configFlag },
  examples: ["antwire placement", "antwire placement --config deploy/antwire.config.ts"],
};

/** Says where everything runs. */
export const placement = createCommand(usage, async (read) => {
  const { config } = await tellStartErrors(() => loadConfig(read.text("config") ?? configFlag.default));
  process.stdout.write(`${await tellStartErrors(async () => describePlacement(planProcesses(config)))}\n`);
  return 0;
});
