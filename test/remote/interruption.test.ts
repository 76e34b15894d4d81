import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { frameKind } from "../../runtime/remote/frame.js";
import type { Frame } from "../../runtime/transport/transport.js";
import { describe, type StageCall } from "../call/stage.js";
import { type Node, Nodes } from "./nodes.js";
import { pair } from "./scenes.js";

/** A method that never answers, and the calls that it got. */
async function waiting(nodes: Nodes, ...hosts: Node[]) {
  const calls: StageCall[] = [];
  const method = await nodes.method((_tags, call) => {
    calls.push(call);
    return new Promise((_, reject) =>
      call.signal.addEventListener("abort", () => reject(call.signal.reason)),
    );
  }, hosts);
  return { method, calls };
}

test.each(["the caller knows where it runs", "nobody knows where it runs"])(
  "a cancellation reaches the callee's signal where %s",
  async (where) => {
    const { nodes, network, caller, callee } = pair();
    network.tellsNodes = where.startsWith("the caller");
    const { method, calls } = await waiting(nodes, callee);
    const controller = new AbortController();
    const outcome = caller.outcome(method, [], { signal: controller.signal });
    await nodes.travel();
    expect(calls[0]?.signal.aborted).toBe(false);
    controller.abort();
    expect(await outcome).toBe("cancelled");
    await nodes.travel();
    expect(calls[0]?.signal.reason).toMatchObject({ code: "cancelled" });
    expect(callee.frames(network, frameKind.error)).toEqual([]);
    await nodes.expectNothingLeft();
  },
);

test("a cancellation reaches one of many nodes, and only the call that is meant", async () => {
  const nodes = new Nodes();
  const [caller, other, ...hosts] = ["caller", "other", "one", "two"].map((id) => nodes.node(id));
  if (caller === undefined || other === undefined) throw new Error("no callers");
  const { method, calls } = await waiting(nodes, ...hosts);
  const controller = new AbortController();
  // Both have the id 1 where they come from.
  const cancelled = caller.outcome(method, [], { signal: controller.signal });
  const kept = other.outcome(method, [], { timeout: 5_000 });
  await nodes.travel();
  controller.abort();
  expect(await cancelled).toBe("cancelled");
  await nodes.travel();
  expect(calls.map(({ signal }) => signal.aborted).sort()).toEqual([false, true]);
  await nodes.pass(5_100);
  expect(await kept).toBe("deadline-exceeded");
  await nodes.expectNothingLeft();
});

test("a cancellation that overtakes its call keeps it from running", async () => {
  const { nodes, network, caller, callee } = pair();
  let runs = 0;
  const method = await nodes.method(() => {
    runs++;
    return [];
  }, [callee]);
  const late: (() => void)[] = [];
  const deliver = network.deliver.bind(network);
  network.deliver = (message) => {
    if (message.frames[0]?.[0] === frameKind.call) late.push(() => deliver(message));
    else deliver(message);
  };
  const controller = new AbortController();
  const outcome = caller.outcome(method, [], { signal: controller.signal });
  await nodes.travel();
  controller.abort();
  expect(await outcome).toBe("cancelled");
  await nodes.travel();
  for (const arrive of late) arrive();
  await nodes.travel();
  expect(runs).toBe(0);
  await nodes.expectNothingLeft();
});

test("cancellations that have no call are forgotten, and not all of them are remembered", async () => {
  const { nodes, caller, callee } = pair();
  const runs: string[][] = [];
  const method = await nodes.method(
    (tags) => {
      runs.push(tags);
      return tags;
    },
    [callee],
  );
  const hear = (frame: Frame) =>
    callee.transport.listener?.onFrame(frame, { from: "caller", redelivered: false, done() {} });
  for (let id = 0; id < 5_000; id++) hear([frameKind.cancel, id]);
  for (const id of [0, 1, 4_000]) {
    hear([frameKind.call, id, "Stage", method.name, [[String(id)]], 1_000, null, 7]);
  }
  // 0 is the id of all calls that nobody waits for.
  expect(runs).toEqual([["0"], ["4000"]]);
  await nodes.pass(1_100);
  expect(await caller.call(method, ["a"])).toEqual(["a"]);
  await nodes.expectNothingLeft();
});

test("a signal that aborted before takes no frame, and a call without time hears so at once", async () => {
  const { nodes, network, caller, callee } = pair();
  const { method } = await waiting(nodes, callee);
  expect(await caller.outcome(method, [], { signal: AbortSignal.abort() })).toBe("cancelled");
  expect(await caller.outcome(method, [], { timeout: 0 })).toBe("deadline-exceeded");
  expect(network.sent).toEqual([]);
  await nodes.expectNothingLeft();
});

test("a call that ends before it could begin does not keep a one-way call from running", async () => {
  const { nodes, caller, callee } = pair();
  let waves = 0;
  const wave = await nodes.method(() => void waves++, [callee], { kind: "oneway" });
  const { method } = await waiting(nodes, callee);
  const controller = new AbortController();
  const outcome = caller.outcome(method, [], { timeout: 0, signal: controller.signal });
  controller.abort();
  expect(await outcome).toBe("cancelled");
  await nodes.travel();
  caller.stage.caller.send({ ...wave, result: nothing }, undefined, [[]], undefined);
  await nodes.travel();
  expect(waves).toBe(1);
  await nodes.expectNothingLeft();
});

test("the deadline ends a call on both sides", async () => {
  const { nodes, caller, callee } = pair();
  const { method, calls } = await waiting(nodes, callee);
  const outcome = caller.outcome(method, [], { timeout: 300 });
  await nodes.pass(250);
  expect(calls[0]?.signal.aborted).toBe(false);
  await nodes.pass(150);
  expect(await outcome).toBe("deadline-exceeded");
  expect(calls[0]?.signal.aborted).toBe(true);
  await nodes.expectNothingLeft();
});

test("a caller that cannot be reached waits no longer than its deadline", async () => {
  const { nodes, network, caller, callee } = pair();
  const method = await nodes.method(() => [], [callee]);
  network.fate = ({ from }) => (from === "callee" ? "is dropped" : "arrives");
  const outcome = caller.outcome(method, [], { timeout: 300 });
  await nodes.pass(400);
  expect(await outcome).toBe("deadline-exceeded");
  network.fate = () => "arrives";
  await nodes.expectNothingLeft();
});

test("nested calls have what is left of the outer call's time, from node to node", async () => {
  const { nodes, caller, callee } = pair();
  const left: number[] = [];
  const inner = await nodes.method(
    (_tags, call) => {
      left.push(call.remaining());
      return [];
    },
    [caller],
    { module: "Other" },
  );
  const outer = await nodes.method(
    async (_tags, call) => {
      left.push(call.remaining());
      callee.stage.clock.pass(400);
      await call.rpc.call(inner, undefined, [[]], undefined);
      await call.rpc.call(inner, undefined, [[]], { timeout: 100 });
      await call.rpc.call(inner, undefined, [[]], { timeout: 60_000 });
      return [];
    },
    [callee],
  );
  await caller.call(outer, [], { timeout: 1_000 });
  expect(left).toEqual([1_000, 600, 100, 600]);
  await nodes.expectNothingLeft();
});

test("cancelling the outer call cancels what is nested in it, from node to node", async () => {
  const { nodes, caller, callee } = pair();
  const { method: inner, calls } = await waiting(nodes, caller);
  const elsewhere = { ...inner, module: "Other" };
  nodes.methods.set(`Other.${inner.name}`, inner);
  await caller.remote.serve("Other");
  const codes: string[] = [];
  const outer = await nodes.method(
    async (_tags, call) => {
      await call.rpc.call(elsewhere, undefined, [[]], undefined).catch((error) => codes.push(error.code));
      return [];
    },
    [callee],
    { module: "Outer" },
  );
  const controller = new AbortController();
  const outcome = caller.outcome(outer, [], { signal: controller.signal });
  await nodes.travel();
  expect(calls).toHaveLength(1);
  controller.abort();
  expect(await outcome).toBe("cancelled");
  await nodes.travel();
  expect(codes).toEqual(["cancelled"]);
  expect(calls[0]?.signal.aborted).toBe(true);
  await nodes.expectNothingLeft();
});

test("who stops waits for answers from elsewhere, and can end the waiting", async () => {
  const { nodes, caller, callee } = pair();
  const { method, calls } = await waiting(nodes, callee);
  const outcome = caller.outcome(method);
  let isIdle = false;
  const idle = caller.stage.core.idle().then(() => {
    isIdle = true;
  });
  await nodes.travel();
  expect(isIdle).toBe(false);
  caller.stage.core.interruptAll(new RpcError("unavailable", "stopping"));
  expect(await outcome).toBe("unavailable");
  await idle;
  await nodes.travel();
  expect(calls[0]?.signal.aborted).toBe(true);
  // Somebody looks after calls that are made later, too.
  const later = caller.outcome(method, [], { timeout: 3_000 });
  await nodes.pass(1_200);
  nodes.network.kill("callee");
  await nodes.pass(1_000);
  expect(await later).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test("a method that nobody serves is unavailable at once", async () => {
  const { nodes, network, caller } = pair();
  expect(await caller.outcome(describe({ module: "Nowhere" }))).toBe("unavailable");
  expect(network.sent).toHaveLength(1);
  await nodes.expectNothingLeft();
});
