import { defineConfig } from "./generated/server.js";

export default defineConfig({
  // Imports, so that each process and thread loads only what it runs.
  modules: {
    players: () => import("./modules/players.js"),
    garden: () => import("./modules/garden.js"),
  },
  gateway: { page: new URL("./public/", import.meta.url) },
});
