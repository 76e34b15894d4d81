import { defineConfig, defineSky } from "./application.js";

// Its stop never ends by itself.
export default defineConfig({
  grace: 60_000,
  modules: {
    sky: async () => ({
      default: defineSky(({ onStop }) => {
        onStop(() => new Promise(() => {}));
        return { rain() {} };
      }),
    }),
  },
});
