import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import { frameKind } from "../../runtime/remote/frame.js";
import { deferred, type TagMethod } from "../call/stage.js";
import { type Node, Nodes } from "./nodes.js";

function pair() {
  const nodes = new Nodes();
  return { nodes, network: nodes.network, caller: nodes.node("caller"), callee: nodes.node("callee") };
}

/** A caller and two nodes that run the same. */
function trio() {
  const nodes = new Nodes();
  return {
    nodes,
    network: nodes.network,
    caller: nodes.node("caller"),
    one: nodes.node("one"),
    two: nodes.node("two"),
  };
}

const idempotent = { idempotent: true };

/** Methods whose handlers go on when they are told to; `runs` has a line for each time one started. */
async function gates(nodes: Nodes, hosts: readonly Node[]) {
  const runs: string[] = [];
  const gate = deferred<void>();
  const handler = async ([tag = ""]: string[]) => {
    runs.push(tag);
    await gate.promise;
    return [`${tag} done`];
  };
  const once = await nodes.method(handler, hosts);
  const again = await nodes.method(handler, hosts, idempotent);
  return { once, again, runs, open: gate.resolve };
}

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
