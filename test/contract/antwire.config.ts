import { defineConfig } from "./generated/server.js";

/** One application, placed in the ways that the contract is to hold for. */
export default defineConfig({
  modules: {
    desk: () => import("./modules/desk.js"),
    relay: () => import("./modules/relay.js"),
    values: () => import("./modules/values.js"),
    work: () => import("./modules/work.js"),
  },
  gateway: {
    limits: {
      packetBytes: 4_194_304,
      queuedBytes: 67_108_864,
      callsInFlight: 20_000,
      callsPerSecond: 1_000_000,
    },
  },
  processes: {
    local: { modules: ["desk", "relay", "values", "work"], amqp: false },
    threads: {
      modules: ["desk"],
      threads: [{ modules: ["values", "work"] }, { modules: ["relay"] }],
      amqp: false,
    },
    caller: { modules: ["desk"] },
    workers: { modules: ["values", "work"] },
    relays: { modules: ["relay"] },
    front: { threads: [{ gateway: true }] },
  },
  amqp: {
    url: process.env.ANTWIRE_CONTRACT_AMQP_URL ?? "amqp://127.0.0.1",
    application: process.env.ANTWIRE_CONTRACT_APPLICATION ?? "contract",
  },
});
