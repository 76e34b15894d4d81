import { type Call, defineRanking, RpcError } from "../../generated/server.js";
import { Board } from "../game/board.js";

/** Users that the ranking remembers, be they here or gone. */
const capacity = 10_000;

export default defineRanking(({ log }) => {
  const board = new Board(capacity);

  return {
    top(_session, count) {
      return board.top(count);
    },

    async record(userId, points, call) {
      const name = await nameOf(userId, call);
      if (!board.record(userId, name, points)) log.debug({ userId }, "somebody left before the first report");
    },
  };
});

/** The name of a user who plays; undefined of one who has left. */
async function nameOf(userId: string, call: Call): Promise<string | undefined> {
  try {
    return await call.rpc.login.getName(userId);
  } catch (error) {
    if (error instanceof RpcError && error.code === "not-found") return undefined;
    throw error;
  }
}
