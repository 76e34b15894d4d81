import { defineConfig } from "./application.js";

export default defineConfig({
  // @ts-expect-error: there is no such file.
  modules: { sky: () => import("./nowhere.js"), garden: () => import("./garden.js") },
});
