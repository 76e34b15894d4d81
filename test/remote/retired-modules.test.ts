import { expect, test } from "vitest";
import { frameKind } from "../../runtime/remote/frame.js";
import { deferred } from "../call/stage.js";
import { gates, idempotent, pair, trio } from "./scenes.js";

test("a module that stops taking calls finishes those that it has", async () => {
  const { nodes, caller, callee } = pair();
  const { once, open } = await gates(nodes, [callee]);
  const outcome = caller.outcome(once, ["a"]);
  await nodes.travel();
  await callee.remote.retire("Stage");
  await nodes.pass(3_000);
  expect(await caller.outcome(once)).toBe("unavailable");
  open();
  expect(await outcome).toBe("a done");
  await nodes.expectNothingLeft();
});

test("a module that stops taking calls says at once which it has, and which came meanwhile", async () => {
  const { nodes, network, caller, callee } = pair();
  const { once, open } = await gates(nodes, [callee]);
  const outcomes = [caller.outcome(once, ["before"])];
  await nodes.travel();
  const retired = deferred<void>();
  callee.transport.retire = () => retired.promise;
  const retiring = callee.remote.retire("Stage");
  await nodes.travel();
  expect(callee.frames(network, frameKind.taken)).toEqual([[frameKind.taken, [1]]]);
  outcomes.push(caller.outcome(once, ["meanwhile"]));
  await nodes.travel();
  retired.resolve();
  await retiring;
  expect(callee.frames(network, frameKind.taken).at(-1)).toEqual([frameKind.taken, [1, 2]]);
  open();
  expect(await Promise.all(outcomes)).toEqual(["before done", "meanwhile done"]);
  await nodes.expectNothingLeft();
});

test("a module that nobody serves any more ends the calls that nobody has, and no others", async () => {
  const { nodes, network, caller, callee } = pair();
  const { once, open } = await gates(nodes, [callee]);
  const announced = caller.outcome(once, ["announced"], { timeout: 60_000 });
  await nodes.pass(1_100);
  network.fate = ({ frame }) => (frame[0] === frameKind.taken ? "is dropped" : "arrives");
  const unknown = caller.outcome(once, ["unknown"]);
  await nodes.travel();
  callee.transport.served.clear();
  await nodes.pass(1_100);
  expect(await unknown).toBe("unavailable");
  network.fate = () => "arrives";
  open();
  expect(await announced).toBe("announced done");
  await nodes.expectNothingLeft();
});

test("calls that were lost in a module's queue end or are made again, and those that somebody has go on", async () => {
  const { nodes, network, caller, callee } = pair();
  const { once, again, runs, open } = await gates(nodes, [callee]);
  const taken = caller.outcome(once, ["taken"]);
  await nodes.travel();
  network.fate = ({ frame }) => (frame[0] === frameKind.call ? "is dropped" : "arrives");
  const lost = [caller.outcome(once, ["lost"]), caller.outcome(again, ["again"])];
  await nodes.travel();
  network.fate = () => "arrives";
  callee.transport.listener?.onSwept?.("Stage");
  await nodes.pass(2_100);
  expect(await lost[0]).toBe("unavailable");
  expect(runs).toEqual(["taken", "again"]);
  open();
  expect(await Promise.all([taken, lost[1]])).toEqual(["taken done", "again done"]);
  await nodes.expectNothingLeft();
});

test("only calls that take long are announced", async () => {
  const { nodes, network, caller, callee } = pair();
  const { once, open } = await gates(nodes, [callee]);
  const old = caller.outcome(once, ["old"]);
  await nodes.pass(600);
  expect(callee.frames(network, frameKind.taken)).toEqual([]);
  await nodes.pass(350);
  const young = caller.outcome(once, ["young"]);
  await nodes.pass(150);
  expect(callee.frames(network, frameKind.taken)).toEqual([[frameKind.taken, [1]]]);
  open();
  expect(await Promise.all([old, young])).toEqual(["old done", "young done"]);
  await nodes.expectNothingLeft();
});

test("a call made after somebody was asked for is not taken for one that is lost", async () => {
  const { nodes, network, caller, one, two } = trio();
  const { once, open } = await gates(nodes, [one, two]);
  network.nodes.delete("two");
  const old = caller.outcome(once, ["old"]);
  await nodes.pass(600);
  network.nodes.delete("one");
  network.held.clear();
  // The question comes back after the module has come back, and been called.
  const late: (() => void)[] = [];
  const undelivered = caller.transport.undelivered.bind(caller.transport);
  caller.transport.undelivered = (...args) => void late.push(() => undelivered(...args));
  await nodes.pass(500);
  expect(late).not.toEqual([]);
  network.nodes.set("two", two.transport);
  const young = caller.outcome(once, ["young"]);
  await nodes.travel();
  for (const comeBack of late) comeBack();
  expect(await old).toBe("unavailable");
  open();
  expect(await young).toBe("young done");
  await nodes.expectNothingLeft();
});

test("no call is made twice because the question after it comes back while it looks for a node", async () => {
  const { nodes, network, caller, callee } = pair();
  const method = await nodes.method((tags) => tags, [callee], idempotent);
  await callee.remote.retire("Stage");
  const outcome = caller.outcome(method, ["a"]);
  await nodes.pass(1_950);
  const tries = caller.frames(network, frameKind.call).length;
  expect(tries).toBeGreaterThan(10);
  expect(tries).toBeLessThan(25);
  await nodes.pass(200);
  expect(await outcome).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test("a question that comes back does not mean a call that was sent again after it", async () => {
  const { nodes, network, caller, callee } = pair();
  const { again, open } = await gates(nodes, [callee]);
  const outcome = caller.outcome(again, ["a"]);
  network.fate = ({ frame }) => (frame[0] === frameKind.taken ? "is dropped" : "arrives");
  await nodes.pass(1_100);
  const question = caller.frames(network, frameKind.probe)[0] ?? [];
  caller.transport.interrupt();
  await nodes.travel();
  const address = { kind: "module", module: "Stage" } as const;
  caller.transport.listener?.onUndelivered(question, address, "nobody");
  await nodes.travel();
  expect(caller.frames(network, frameKind.call)).toHaveLength(2);
  network.fate = () => "arrives";
  open();
  expect(await outcome).toBe("a done");
  await nodes.expectNothingLeft();
});
