import { defineScenario } from "antwire/bots";
import { BedTaken, Game } from "./generated/client.js";

/** Bots that plant here and there: `npx antwire bots load.ts` while the game runs. */
export default defineScenario({
  client: Game,

  async begin(game, bot) {
    game.garden.planted.on(() => {});
    await game.players.enter(`Bot ${bot.number}`);
  },

  async round(game, bot) {
    await bot.pause(500 + bot.random() * 1_000);
    try {
      await game.garden.plant(Math.floor(bot.random() * 64));
    } catch (error) {
      if (!(error instanceof BedTaken)) throw error;
    }
  },
});
