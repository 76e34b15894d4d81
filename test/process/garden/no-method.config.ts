import { defineConfig } from "./application.js";

export default defineConfig({
  modules: {
    sky: () => import("./sky.js"),
    garden: async () => {
      const { default: garden } = await import("./garden.js");
      return { default: { ...garden, setup: () => ({}) } };
    },
  },
});
