import { defineConfig } from "./generated/server.js";

/** Processes to do harm to. */
export default defineConfig({
  modules: {
    desk: () => import("./modules/desk.js"),
    hall: () => import("./modules/hall.js"),
    relay: () => import("./modules/relay.js"),
    work: {
      load: () => import("./modules/work.js"),
      settings: { runs: process.env.ANTWIRE_FAULTS_RUNS },
    },
  },
  gateway: { limits: { callsInFlight: 10_000, callsPerSecond: 10_000 } },
  processes: {
    caller: { modules: ["desk"] },
    edge: { gateway: true },
    hall: { modules: ["hall"] },
    relay: { modules: ["relay"] },
    work: { modules: ["work"] },
  },
  amqp: {
    url: process.env.ANTWIRE_FAULTS_AMQP_URL ?? "amqp://127.0.0.1",
    application: process.env.ANTWIRE_FAULTS_APPLICATION ?? "faults",
  },
});
