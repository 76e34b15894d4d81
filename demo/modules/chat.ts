import { defineChat, RpcError } from "../../generated/server.js";
import { groupOfRoom } from "../game/groups.js";
import { Rooms } from "../game/rooms.js";

const linesPerRoom = 50;
const roomsPerSession = 16;
const roomsInAll = 500;

export default defineChat(({ push, clock, onSessionEnd }) => {
  const rooms = new Rooms({ linesPerRoom, roomsPerSession, roomsInAll });

  onSessionEnd((session) => rooms.leaveAll(session.id));

  return {
    async join(session, room) {
      const outcome = rooms.join(session.id, room);
      if (outcome === "session-full") {
        throw new RpcError("resource-exhausted", `a session is in at most ${roomsPerSession} rooms`);
      }
      if (outcome === "full") throw new RpcError("resource-exhausted", "there are too many rooms");
      try {
        await session.join(groupOfRoom(room));
      } catch (error) {
        rooms.leave(session.id, room);
        throw error;
      }
      return [...rooms.lines(room)];
    },

    async say(session, room, text, call) {
      if (!session.groups.has(groupOfRoom(room))) {
        throw new RpcError("permission-denied", "join the room first");
      }
      if (text.trim() === "") {
        const expected = "a text that is not blank";
        throw new RpcError("invalid-argument", `text: expected ${expected}`, {
          details: { path: "text", expected },
        });
      }
      // Names come back in the order they were asked for, so lines keep the order they were said in.
      const from = await call.rpc.login.getName(session.userId);
      const line = { room, from, text, at: new Date(clock.now()) };
      rooms.add(line);
      push.said.toGroup(groupOfRoom(room), line);
    },
  };
});
