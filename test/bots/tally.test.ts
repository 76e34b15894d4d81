import { expect, test } from "vitest";
import { createSharedUnpack } from "../../runtime/bots/shared-unpack.js";
import { sumUp } from "../../runtime/bots/sum-up.js";
import { Tally } from "../../runtime/bots/tally.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { pack } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";

test("tallies of threads together say what one of all bots would", () => {
  const one = new Tally();
  const parts = [new Tally(), new Tally(), new Tally()];
  for (let i = 1; i <= 3_000; i++) {
    // The last thousand, all on one thread, are slow: an average of percentiles would show it.
    const part = parts[Math.floor((i - 1) / 1_000)];
    if (part === undefined) throw new Error("three thousand are three parts");
    for (const tally of [one, part]) {
      tally.callsOf("Chat.say").succeed(i > 2_000 ? 900 + i / 10 : i / 1_000);
      tally.rounds.succeed(i);
      tally.countPush("Chat.said");
      if (i % 500 === 0) tally.connects.fail(new RpcError("unavailable", "gone"), 1);
      tally.connected++;
    }
  }
  const sum = new Tally();
  // As they come from a thread.
  for (const part of parts) sum.add(structuredClone(part));
  const run = { url: "mqtt://127.0.0.1", bots: 3, threads: 3, seconds: 10 };
  expect(sumUp(sum, run)).toEqual(sumUp(one, run));
  expect(sum.state).toEqual(one.state);
});

test("a push that came before is not unpacked again, and no other is taken for it", () => {
  const shared = createSharedUnpack();
  for (let i = 0; i < 2_000; i++) {
    // Some differ at an end, and others in the middle alone.
    const value = [i % 400, "x".repeat(100), i % 7, "x".repeat(100), { deep: i % 3 }];
    expect(shared(pack(value))).toEqual(value);
  }
  const payload = pack(["x".repeat(100)]);
  expect(shared(payload)).toBe(shared(payload.slice()));
  expect(shared(pack([1]))).toEqual(unpack(pack([1])));
});
