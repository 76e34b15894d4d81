import { definePlay, Full } from "../generated/server.js";
import type { Line } from "../idl/play.js";

const players = "players";
const notes: number[] = [];

export default definePlay(({ push }) => ({
  async enter(session, name) {
    await session.bind(name);
    await session.join(players);
    await session.join(`alone with ${name}`);
    return name;
  },
  echo(_session, thing) {
    if (thing.small === 255) throw new Full({ capacity: 254 });
    return thing;
  },
  say(session, text, loudly) {
    const line = { from: session.userId, text: loudly === true ? text.toUpperCase() : text };
    push.said.toGroup(players, line);
    push.last.toGroup(players, line);
  },
  wave() {},
  note(_session, number) {
    if (notes.push(number) > 5_000) notes.shift();
  },
  noted: () => notes.splice(0),
  recite(session, lines) {
    const ways = [
      (line: Line) => push.said.to(session, line),
      (line: Line) => push.said.toUser(session.userId, line),
      (line: Line) => push.said.toGroup(`alone with ${session.userId}`, line),
      (line: Line) => push.said.toAll(line),
    ];
    for (let number = 1; number <= lines; number++) {
      ways[number % ways.length]?.({ from: session.userId, text: String(number) });
    }
  },
  async *count(_session, to) {
    for (let number = 1; number <= to; number++) yield number;
  },
  wait: (_session, call) =>
    new Promise((_resolve, reject) => {
      call.signal.addEventListener("abort", () => reject(call.signal.reason), { once: true });
    }),
  hidden() {
    throw new Error("an internal method was reached");
  },
}));
