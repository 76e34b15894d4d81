import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import { frameKind } from "../../runtime/remote/frame.js";
import type { TagMethod } from "../call/stage.js";
import { gates, idempotent, pair } from "./scenes.js";

test("where nobody serves a module any more, callers hear so at once", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(() => [], [callee]);
  await callee.remote.retire("Stage");
  expect(await caller.outcome(method)).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test("a call that may run twice looks for a node for 2 seconds", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method((tags) => tags, [callee], idempotent);
  await callee.remote.retire("Stage");
  const lucky = caller.outcome(method, ["a"]);
  await nodes.pass(1_800);
  await callee.remote.serve("Stage");
  await nodes.pass(200);
  expect(await lucky).toBe("a");

  await callee.remote.retire("Stage");
  const [unlucky, late] = [caller.outcome(method), caller.outcome(method, [], { timeout: 500 })];
  await nodes.pass(700);
  expect(await late).toBe("deadline-exceeded");
  await nodes.pass(1_500);
  expect(await unlucky).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test("whoever looks for a node again has its 2 seconds again", async () => {
  const { nodes, caller, callee } = pair();
  const { again, runs, open } = await gates(nodes, [callee]);
  await callee.remote.retire("Stage");
  const outcome = caller.outcome(again, ["a"]);
  await nodes.pass(1_500);
  await callee.remote.serve("Stage");
  await nodes.pass(300);
  expect(runs).toEqual(["a"]);
  await callee.remote.retire("Stage");
  // It was delivered meanwhile, and the node that had it is not there any more when it is sent again.
  callee.transport.served.clear();
  caller.transport.interrupt();
  await nodes.pass(1_500);
  await callee.remote.serve("Stage");
  await nodes.pass(300);
  open();
  expect(await outcome).toBe("a done");
  await nodes.expectNothingLeft();
});

test("a call that looks for a node is sent by its own clock only, and never once it has ended", async () => {
  const { nodes, network, caller, callee } = pair();
  const method = await nodes.method((tags) => tags, [callee], idempotent);
  await callee.remote.retire("Stage");
  const module = { kind: "module", module: "Stage" } as const;
  const node = { kind: "node", node: "nobody" } as const;
  const controller = new AbortController();
  const outcomes = [
    caller.outcome(method, ["a"], { signal: controller.signal }),
    caller.outcome(method, ["b"], { signal: controller.signal, node: "nobody" }),
  ];
  const count = () => caller.frames(network, frameKind.call).length;
  for (let step = 0; step < 24; step++) {
    await nodes.pass(50);
    const tries = count();
    caller.transport.listener?.onUndelivered([frameKind.probe, []], module, "nobody");
    caller.transport.listener?.onUndelivered([frameKind.probe, []], node, "nobody");
    caller.transport.listener?.onInterrupted();
    expect(count() - tries).toBe(0);
  }
  expect(caller.frames(network, frameKind.probe)).toEqual([]);
  controller.abort();
  expect(await Promise.all(outcomes)).toEqual(["cancelled", "cancelled"]);
  const tries = count();
  await nodes.pass(500);
  expect(count()).toBe(tries);
  await nodes.expectNothingLeft();
});

test("what cannot be sent because too much waits is resource-exhausted with a hint", async () => {
  const { nodes, network, caller, callee } = pair();
  const method = await nodes.method(() => [], [callee], idempotent);
  network.fate = () => "full";
  await expect(caller.call(method)).rejects.toMatchObject({
    code: "resource-exhausted",
    details: { retryAfterMs: 100 },
  });
  network.fate = () => "arrives";
  await nodes.expectNothingLeft();
});

test.each(["nobody", "full"] as const)(
  "of one-way calls that come back with %s the log has the first, and then their number every 10 seconds",
  async (why) => {
    const { nodes, network, caller, callee } = pair();
    const wave = await nodes.method(() => {}, [callee], { kind: "oneway", name: "wave" });
    const nod = await nodes.method(() => {}, [callee], { kind: "oneway", name: "nod" });
    network.fate = () => why;
    const send = async (method: TagMethod, times: number) => {
      for (let i = 0; i < times; i++)
        caller.stage.caller.send({ ...method, result: nothing }, undefined, [[]], undefined);
      await nodes.travel();
    };
    await send(wave, 300);
    await send(nod, 1);
    expect(caller.stage.logged.splice(0)).toMatchObject([
      { level: "warn", fields: { method: "Stage.wave", why } },
      { level: "warn", fields: { method: "Stage.nod", why } },
    ]);
    await nodes.pass(9_000);
    await send(wave, 1);
    expect(caller.stage.logged).toEqual([]);
    await nodes.pass(1_100);
    expect(caller.stage.logged.splice(0)).toMatchObject([
      { level: "warn", fields: { method: "Stage.wave", count: 300 } },
    ]);
    await send(nod, 1);
    expect(caller.stage.logged).toMatchObject([{ level: "warn", fields: { method: "Stage.nod", why } }]);
    await nodes.pass(20_000);
    expect(caller.stage.logged.length).toBe(1);
    await nodes.expectNothingLeft();
  },
);

test("answers that cannot be sent are logged once a second, and callers that know the node ask after them", async () => {
  const { nodes, network, caller, callee } = pair();
  network.tellsNodes = true;
  const { once, open } = await gates(nodes, [callee]);
  const outcomes = [caller.outcome(once), caller.outcome(once)];
  await nodes.travel();
  network.fate = ({ frame }) => (frame[0] === frameKind.result ? "full" : "arrives");
  open();
  await nodes.pass(1_100);
  expect(await Promise.all(outcomes)).toEqual(["unavailable", "unavailable"]);
  expect(callee.stage.logged).toMatchObject([
    { level: "error", message: expect.stringContaining("dropped") },
  ]);
  await nodes.expectNothingLeft();
});

test("of many lost one-way calls the log has the first, and then how many there were", async () => {
  const { nodes, caller, callee } = pair();
  const wave = await nodes.method(() => {}, [callee], { kind: "oneway", name: "wave" });
  await callee.remote.retire("Stage");
  const send = () => caller.stage.caller.send({ ...wave, result: nothing }, undefined, [[]], undefined);
  for (let i = 0; i < 100; i++) send();
  await nodes.pass(11_000);
  send();
  await nodes.pass(20_000);
  expect(caller.stage.logged).toMatchObject([
    { level: "warn", fields: { method: "Stage.wave", why: "nobody" } },
    { level: "warn", fields: { method: "Stage.wave", count: 99 } },
    { level: "warn", fields: { method: "Stage.wave", count: 1 } },
  ]);
  await nodes.expectNothingLeft();
});
