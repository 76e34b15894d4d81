import { Game } from "../generated/client.js";
import { type Bot, defineScenario } from "../runtime/bots/index.js";

/** The field holds 500 ants, all of which see each other. The other bots look at the ranking. */
const isAnt = ({ number }: Bot) => number < 400;

/** Ants that gather, look at the ranking, and say something now and then: `antwire bots demo/load.ts`. */
export default defineScenario({
  client: Game,

  async begin(game, bot) {
    await game.login.enter(`Ant ${bot.number}`);
    if (!isAnt(bot)) return;
    game.arena.moved.on(() => {});
    game.chat.said.on(() => {});
    await game.arena.join();
  },

  async round(game, bot) {
    if (isAnt(bot)) game.arena.steer(bot.random() * 2 * Math.PI);
    await bot.pause(500 + bot.random() * 1_000);
    await game.ranking.top(5);
    if (isAnt(bot) && bot.random() < 0.1) await game.chat.say("lobby", `I am ant ${bot.number}.`);
  },
});
