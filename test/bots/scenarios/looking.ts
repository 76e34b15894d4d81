import { Game } from "../../../generated/client.js";
import { defineScenario } from "../../../runtime/bots/index.js";

/** Rounds of one call. */
export default defineScenario({
  client: Game,
  async round(game) {
    await game.ranking.top(3);
  },
});
