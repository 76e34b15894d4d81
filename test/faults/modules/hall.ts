import { defineHall } from "../generated/server.js";

const group = "hall";

export default defineHall(({ push, onSessionEnd }) => {
  const present = new Set<string>();
  let entered = 0;
  let left = 0;
  let rings = 0;

  onSessionEnd((session) => {
    if (present.delete(session.id)) left++;
  });

  return {
    async enter(session) {
      await session.join(group);
      present.add(session.id);
      entered++;
    },
    once: (_session, id, milliseconds, call) => call.rpc.work.once(id, milliseconds),
    again: (_session, id, milliseconds, call) => call.rpc.work.again(id, milliseconds),
    note(_session, id, call) {
      call.rpc.work.note(id);
    },
    ring() {
      push.bell.toGroup(group, ++rings);
    },
    count: () => ({ entered, left }),
  };
});
