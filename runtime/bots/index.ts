/** The door for scenarios of `antwire bots`, and for programs that let bots play themselves. */
export { BotsError } from "./bots-error.js";
export type { Screen } from "./display.js";
export { loadScenario } from "./load-scenario.js";
export type { ErrorReport, OutcomesReport, Report, Times } from "./report.js";
export { type BotsIo, type BotsOptions, runBots } from "./run-bots.js";
export { type Bot, defineScenario, type Scenario } from "./scenario.js";
