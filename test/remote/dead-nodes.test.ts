import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import { frameKind } from "../../runtime/remote/frame.js";
import { deferred } from "../call/stage.js";
import { gates, idempotent, pair, trio } from "./scenes.js";

test("what a dead node had goes to another: calls that may run twice run there, others are aborted", async () => {
  const { nodes, network, caller, one, two } = trio();
  const { once, again, runs, open } = await gates(nodes, [one]);
  const outcomes = [caller.outcome(once, ["once"]), caller.outcome(again, ["again"])];
  await nodes.travel();
  for (const method of [once, again]) two.stage.host(method, ([tag = ""]) => [`${tag} by two`]);
  await two.remote.serve("Stage");
  network.kill("one");
  await nodes.travel();
  expect(await Promise.all(outcomes)).toEqual(["aborted", "again by two"]);
  expect(runs).toEqual(["once", "again"]);
  open();
  await nodes.expectNothingLeft();
});

test("a dead node that was known to have a call is not waited for", async () => {
  const { nodes, network, caller, one, two } = trio();
  network.tellsNodes = true;
  const { once, again, open } = await gates(nodes, [one]);
  const outcomes = [caller.outcome(once, ["once"]), caller.outcome(again, ["again"])];
  const direct = caller.outcome(once, [], { node: "one" });
  await nodes.travel();
  for (const method of [once, again]) two.stage.host(method, ([tag = ""]) => [`${tag} by two`]);
  await two.remote.serve("Stage");
  network.nodes.delete("one");
  network.announceDeath("one");
  await nodes.travel();
  expect(await Promise.all([...outcomes, direct])).toEqual(["unavailable", "again by two", "unavailable"]);
  network.held.clear();
  open();
  await nodes.expectNothingLeft();
});

test.each([true, false])(
  "callers look after long calls, so that a death is noticed that nobody tells of (known: %s)",
  async (isKnown) => {
    const { nodes, network, caller, callee } = pair();
    network.tellsNodes = isKnown;
    const { once, open } = await gates(nodes, [callee]);
    const outcome = caller.outcome(once);
    await nodes.pass(100);
    network.nodes.delete("callee");
    await nodes.pass(1_100);
    expect(await outcome).toBe("unavailable");
    network.held.clear();
    open();
    await nodes.expectNothingLeft();
  },
);

test("a call that a dead node had announced ends although another node serves the module", async () => {
  const { nodes, network, caller, one, two } = trio();
  const { once, open } = await gates(nodes, [one]);
  const outcome = caller.outcome(once);
  await nodes.pass(1_100);
  expect(one.frames(network, frameKind.taken)).not.toEqual([]);
  await two.remote.serve("Stage");
  // Its message dies with it.
  network.nodes.delete("one");
  network.held.clear();
  await nodes.pass(1_100);
  expect(await outcome).toBe("unavailable");
  open();
  await nodes.expectNothingLeft();
});

test("one-way calls that a dead node had are run again only if they may", async () => {
  const { nodes, network, caller, one, two } = trio();
  const runs: string[] = [];
  const gate = deferred<void>();
  const handlerOf = (node: string) => async (tags: string[]) => {
    runs.push(`${tags[0]} ${node}`);
    await gate.promise;
  };
  const traits = { kind: "oneway" } as const;
  const methods = [
    await nodes.method(handlerOf("one"), [one], { ...traits, name: "once" }),
    await nodes.method(handlerOf("one"), [one], { ...traits, name: "again", ...idempotent }),
  ];
  for (const method of methods) {
    caller.stage.caller.send({ ...method, result: nothing }, undefined, [[method.name]], undefined);
    two.stage.host(method, handlerOf("two"));
  }
  await nodes.travel();
  await two.remote.serve("Stage");
  network.kill("one");
  await nodes.travel();
  expect(runs).toEqual(["once one", "again one", "again two"]);
  expect(two.stage.logged).toMatchObject([
    { level: "warn", fields: { method: "Stage.once", code: "aborted" } },
  ]);
  gate.resolve();
  await nodes.expectNothingLeft();
});

test("a call that its node knows nothing of is not waited for", async () => {
  const { nodes, network, caller, callee } = pair();
  network.tellsNodes = true;
  const { once, again, runs, open } = await gates(nodes, [callee]);
  network.fate = () => "is dropped";
  const outcomes = [caller.outcome(once, ["once"]), caller.outcome(again, ["again"])];
  await nodes.travel();
  network.fate = () => "arrives";
  open();
  await nodes.pass(1_100);
  expect(await Promise.all(outcomes)).toEqual(["unavailable", "again done"]);
  expect(runs).toEqual(["again"]);
  await nodes.expectNothingLeft();
});

test("a handler whose caller is gone is cancelled", async () => {
  const { nodes, network, caller, callee } = pair();
  const reasons: unknown[] = [];
  const method = await nodes.method(
    (_tags, call) => {
      return new Promise((_, reject) => {
        call.signal.addEventListener("abort", () => {
          reasons.push(call.signal.reason);
          reject(call.signal.reason);
        });
      });
    },
    [callee],
  );
  void caller.outcome(method);
  await nodes.travel();
  network.nodes.delete("caller");
  await nodes.pass(1_100);
  expect(reasons).toMatchObject([{ code: "cancelled" }]);
  await nodes.expectNothingLeft();
});

test("a handler whose caller has forgotten the call is cancelled", async () => {
  const { nodes, network, caller, callee } = pair();
  const aborted = deferred<string>();
  const method = await nodes.method(
    (_tags, call) => {
      call.signal.addEventListener("abort", () => aborted.resolve(call.signal.reason.code));
      return aborted.promise;
    },
    [callee],
  );
  const controller = new AbortController();
  const outcome = caller.outcome(method, [], { signal: controller.signal });
  await nodes.travel();
  network.fate = () => "is dropped";
  controller.abort();
  expect(await outcome).toBe("cancelled");
  await nodes.travel();
  network.fate = () => "arrives";
  await nodes.pass(1_100);
  expect(await aborted.promise).toBe("cancelled");
  await nodes.expectNothingLeft();
});

test("a node that does not have a call says nothing about one that went to another", async () => {
  const { nodes, caller, callee } = pair();
  const { once, open } = await gates(nodes, [callee]);
  const outcome = caller.outcome(once, ["a"]);
  await nodes.pass(1_100);
  const delivery = { from: "other", redelivered: false, done() {} };
  caller.transport.listener?.onFrame([frameKind.lost, [1, 2]], delivery);
  open();
  expect(await outcome).toBe("a done");
  await nodes.expectNothingLeft();
});
