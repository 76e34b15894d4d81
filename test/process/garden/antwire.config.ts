import { defineConfig } from "./application.js";

export default defineConfig({
  modules: { sky: () => import("./sky.js"), garden: () => import("./garden.js") },
});
