import { Game } from "../generated/client.js";
import { defineScenario } from "../runtime/bots/index.js";

/** Ants that gather, look at the ranking, and say something now and then: `antwire bots demo/load.ts`. */
export default defineScenario({
  client: Game,

  async begin(game, bot) {
    game.arena.moved.on(() => {});
    game.chat.said.on(() => {});
    await game.login.enter(`Ant ${bot.number}`);
    await game.arena.join();
  },

  async round(game, bot) {
    game.arena.steer(bot.random() * 2 * Math.PI);
    await bot.pause(500 + bot.random() * 1_000);
    await game.ranking.top(5);
    if (bot.random() < 0.1) await game.chat.say("lobby", `I am ant ${bot.number}.`);
  },
});
