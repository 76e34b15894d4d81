import { startBots } from "./demo/bots.js";
import { defineConfig, NameTaken, RpcError } from "./generated/server.js";

export default defineConfig({
  modules: {
    login: () => import("./demo/modules/login.js"),
    chat: () => import("./demo/modules/chat.js"),
    arena: () => import("./demo/modules/arena.js"),
    ranking: () => import("./demo/modules/ranking.js"),
  },
  gateway: {
    page: new URL("./demo/web/dist/", import.meta.url),
    /** With a user name one enters as the player of that name; without, one calls `Login.enter`. */
    async authenticate({ username }, { rpc, session }) {
      if (username === undefined || username === "") return "guest";
      try {
        const { userId } = await rpc.login.enter(session, username);
        return { userId };
      } catch (error) {
        const isName =
          error instanceof NameTaken || (error instanceof RpcError && error.code === "invalid-argument");
        if (isName) return { refuse: error.message };
        throw error;
      }
    },
  },
  /** Other ways to run the game; see docs/deploy.md. Without a name `start` runs everything in one process. */
  processes: {
    cores: {
      amqp: false,
      gateway: true,
      threads: [{ modules: ["arena"] }, { modules: ["login", "chat"] }, { modules: ["ranking"] }],
    },
    edge: { gateway: true },
    "edge-2": { gateway: { mqtt: 1884, http: 8081 } },
    world: { modules: ["login", "chat", "arena", "ranking"] },
    people: { modules: ["login", "chat"] },
    field: { modules: ["arena"] },
    scores: { modules: ["ranking"] },
  },
  amqp: { url: process.env.AMQP_URL ?? "amqp://localhost", application: "ants" },
  onReady: ({ mqtt }) => startBots(mqtt, 10),
});
