/** The door for scenarios of `antwire bots`, and for programs that let bots play themselves. */
export { BotsError } from "./bots-error.js";
export { loadScenario } from "./load-scenario.js";
export type { Report } from "./report.js";
export { type BotsIo, type BotsOptions, runBots } from "./run-bots.js";
export { type Bot, defineScenario, type Scenario } from "./scenario.js";
