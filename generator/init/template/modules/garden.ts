import { BedTaken, defineGarden } from "../generated/server.js";
import type { Flower } from "../idl/garden.js";

const bloomMs = 30_000;

export default defineGarden(({ push, clock }) => {
  const flowers = new Map<number, Flower>();

  return {
    look() {
      return [...flowers.values()];
    },

    async plant(session, bed, call) {
      // The same code calls a module in this process, on another thread and on another machine.
      const { name, hue } = await call.rpc.players.find(session.userId);
      const other = flowers.get(bed);
      if (other !== undefined) throw new BedTaken({ bed, by: other.by });

      const flower = { bed, by: name, hue };
      flowers.set(bed, flower);
      push.planted.toAll(flower);
      clock.after(bloomMs, () => {
        flowers.delete(bed);
        push.withered.toAll(bed);
      });
      return flower;
    },
  };
});
