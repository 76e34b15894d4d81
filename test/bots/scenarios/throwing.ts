import { Game } from "../../../generated/client.js";
import { defineScenario } from "../../../runtime/bots/index.js";

/** A bot that breaks its thread. */
export default defineScenario({
  client: Game,
  round(_game, bot) {
    if (bot.number === 2) {
      setImmediate(() => {
        throw new Error("nobody catches this");
      });
    }
    return bot.pause(5_000);
  },
});
