import { defineConfig } from "./generated/server.js";

/** A game for strangers to do their worst to. */
export default defineConfig({
  modules: { play: () => import("./modules/play.js") },
  gateway: {
    // Calls are to reach the module, and sessions to end soon, so that one sees whether all of them do.
    limits: { callsPerSecond: 1_000_000, connectionsPerAddress: 15_000, resumeMs: 1_000 },
    authenticate: ({ username }) => (username === undefined ? "guest" : { userId: username }),
  },
  metrics: { port: 0 },
});
