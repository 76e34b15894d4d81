import { Bot } from "./bots/bot.js";
import { temperaments } from "./bots/temperament.js";

const names = [
  "Antonia",
  "Formica",
  "Emmet",
  "Samantha",
  "Chantal",
  "Rembrant",
  "Antoine",
  "Myrmidon",
  "Pismire",
  "Antigone",
];

/**
 * Sends ants onto the field that play by themselves: ordinary clients, as players in a browser are.
 *
 * @param url where the gateway listens, such as `mqtt://127.0.0.1:1883`
 * @returns what takes them off the field again
 */
export async function startBots(url: string, count: number): Promise<() => Promise<void>> {
  const characters = Object.values(temperaments);
  const bots = Array.from({ length: count }, (_, i) => {
    const round = Math.floor(i / names.length);
    const name = names[i % names.length] ?? "Ant";
    return new Bot({
      url,
      name: round === 0 ? name : `${name} ${round + 1}`,
      createTemperament: characters[i % characters.length] ?? temperaments.gatherer,
      isHost: i === 0,
    });
  });
  const stop = async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
  };
  try {
    await Promise.all(bots.map((bot) => bot.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
