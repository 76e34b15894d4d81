import { defineGarden } from "./application.js";

export default defineGarden(({ onStop, log, rpc }) => {
  onStop(() => log.info("The garden is closed"));
  return { water: () => rpc.rain() };
});
