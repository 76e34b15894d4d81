import { expect, test } from "vitest";
import { gates, pair } from "./scenes.js";

test("an interruption ends calls, sends those again that may run twice, and stops the others' handlers", async () => {
  const { nodes, caller, callee } = pair();
  const { once, again, runs, open } = await gates(nodes, [callee]);
  const outcomes = [caller.outcome(once, ["once"]), caller.outcome(again, ["again"])];
  await nodes.travel();
  expect(runs).toEqual(["once", "again"]);
  caller.transport.interrupt();
  expect(await outcomes[0]).toBe("unavailable");
  await nodes.travel();
  // It came a second time while it was running.
  expect(runs).toEqual(["once", "again"]);
  open();
  expect(await outcomes[1]).toBe("again done");
  await nodes.expectNothingLeft();
});

test("calls that an interruption lost on their way are made again if they may", async () => {
  const { nodes, caller, callee } = pair();
  const { once, again, runs, open } = await gates(nodes, [callee]);
  open();
  const outcomes = [caller.outcome(once, ["once"]), caller.outcome(again, ["again"])];
  caller.transport.interrupt();
  expect(await Promise.all(outcomes)).toEqual(["unavailable", "again done"]);
  expect(runs).toEqual(["again"]);
  await nodes.expectNothingLeft();
});

test("calls that are made without a connection wait for it", async () => {
  const { nodes, caller, callee } = pair();
  const { once, open } = await gates(nodes, [callee]);
  open();
  caller.transport.isHeld = true;
  caller.transport.interrupt();
  const [patient, hasty] = [caller.outcome(once, ["a"]), caller.outcome(once, ["b"], { timeout: 1_000 })];
  await nodes.pass(3_000);
  expect(await hasty).toBe("deadline-exceeded");
  caller.transport.isHeld = false;
  caller.transport.flush();
  expect(await patient).toBe("a done");
  await nodes.expectNothingLeft();
});

test("a callee whose connection breaks still answers, and is not asked to run a call twice", async () => {
  const { nodes, network, caller, callee } = pair();
  const { once, again, runs, open } = await gates(nodes, [callee]);
  const outcomes = [caller.outcome(once, ["once"]), caller.outcome(again, ["again"])];
  await nodes.travel();
  network.interrupt("callee");
  await nodes.travel();
  open();
  expect(await Promise.all(outcomes)).toEqual(["once done", "again done"]);
  expect(runs).toEqual(["once", "again"]);
  await nodes.expectNothingLeft();
});
