import { defineConfig, defineSky } from "./application.js";

// A module that forgets an `await`, and later does not stop cleanly.
export default defineConfig({
  modules: {
    sky: async () => ({
      default: defineSky(({ onStart, onStop }) => {
        onStart(() => void Promise.reject(new Error("forgotten")));
        onStop(() => {
          throw new Error("still raining");
        });
        return { rain() {} };
      }),
    }),
  },
});
