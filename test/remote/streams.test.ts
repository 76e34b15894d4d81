import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { frameKind, streamWindow } from "../../runtime/remote/frame.js";
import { deferred, Outcome, request, TooManyTags, tooManyTags } from "../call/stage.js";
import type { Node, Nodes } from "./nodes.js";
import { pair } from "./scenes.js";

const stream = { kind: "stream" } as const;

/** A method that counts for ever, and what became of its handlers. */
async function counter(nodes: Nodes, host: Node) {
  const seen = { made: 0, ended: 0 };
  const method = await nodes.method(
    async function* () {
      try {
        for (;;) yield [String(++seen.made)];
      } finally {
        seen.ended++;
      }
    },
    [host],
    stream,
  );
  return { method, seen };
}

/** A method that yields what it is given, until it is told to end. */
async function source(nodes: Nodes, host: Node) {
  const gate = deferred<void>();
  const seen = { signal: undefined as AbortSignal | undefined };
  const method = await nodes.method(
    async function* (_tags, call) {
      seen.signal = call.signal;
      yield ["first"];
      await gate.promise;
      yield ["last"];
    },
    [host],
    stream,
  );
  return { method, seen, open: gate.resolve };
}

async function collect(items: AsyncIterable<string[]>): Promise<string> {
  const collected: string[] = [];
  try {
    for await (const item of items) collected.push(item.join());
  } catch (error) {
    collected.push(error instanceof RpcError ? error.code : String(error));
  }
  return collected.join(" ");
}

test("a stream arrives in order, and ends", async () => {
  const { nodes, caller, callee } = pair();
  const numbers = Array.from({ length: 500 }, (_, index) => String(index));
  const method = await nodes.method(
    async function* () {
      for (const number of numbers) yield [number];
    },
    [callee],
    stream,
  );
  expect(await collect(caller.stream(method))).toBe(numbers.join(" "));
  expect(await collect(caller.stream(method))).toBe(numbers.join(" "));
  await nodes.expectNothingLeft();
});

test("no more items are made than the reader has room for", async () => {
  const { nodes, network, caller, callee } = pair();
  const { method, seen } = await counter(nodes, callee);
  const items = caller.stream(method);
  expect(await items.next()).toEqual({ done: false, value: ["1"] });
  await nodes.travel();
  expect(seen.made).toBe(streamWindow);
  for (let i = 2; i <= 200; i++) {
    expect(await items.next()).toEqual({ done: false, value: [String(i)] });
    expect(seen.made).toBeLessThanOrEqual(i + streamWindow);
  }
  expect(caller.frames(network, frameKind.more).length).toBeLessThan(10);
  await items.return?.();
  await nodes.travel();
  expect(seen.ended).toBe(1);
  await nodes.expectNothingLeft();
});

test("what is no number of items does not change the room for them", async () => {
  const { nodes, caller, callee } = pair();
  const { method, seen } = await counter(nodes, callee);
  const items = caller.stream(method);
  await items.next();
  for (const count of [-1_000, Number.NaN, "1000", undefined]) {
    const delivery = { from: "caller", redelivered: false, done() {} };
    callee.transport.listener?.onFrame([frameKind.more, 1, count], delivery);
  }
  await nodes.travel();
  expect(seen.made).toBe(streamWindow);
  for (let i = 0; i < 200; i++) await items.next();
  await items.return?.();
  await nodes.expectNothingLeft();
});

test("a reader that goes away makes the handler's finally run", async () => {
  const { nodes, network, caller, callee } = pair();
  const { method, seen } = await counter(nodes, callee);
  for await (const [item] of caller.stream(method)) if (item === "3") break;
  await nodes.travel();
  const made = seen.made;
  expect(seen.ended).toBe(1);
  expect(callee.frames(network, frameKind.error)).toEqual([]);
  await nodes.expectNothingLeft();
  expect(seen.made).toBe(made);
});

test("a handler that waits hears by its signal that the reader is gone", async () => {
  const { nodes, caller, callee } = pair();
  const { method, seen, open } = await source(nodes, callee);
  const items = caller.stream(method);
  await items.next();
  await items.return?.();
  await nodes.travel();
  expect(seen.signal?.aborted).toBe(true);
  open();
  await nodes.expectNothingLeft();
});

test("items that were made before an error are read before it", async () => {
  const { nodes, caller, callee } = pair();
  const failing = await nodes.method(
    async function* () {
      yield ["a"];
      yield ["b"];
      throw new TooManyTags({ limit: 2 });
    },
    [callee],
    { ...stream, failures: [tooManyTags] },
  );
  expect(await collect(caller.stream(failing))).toBe("a b failed");
  const items = caller.stream(failing);
  await items.next();
  await items.next();
  await expect(items.next()).rejects.toBeInstanceOf(TooManyTags);
  await nodes.expectNothingLeft();
});

test("an item that does not fit ends the stream on both sides, and is in the reader's log", async () => {
  const { nodes, caller, callee } = pair();
  let ended = 0;
  const method = await nodes.method(
    async function* () {
      try {
        yield ["a"];
        yield [7];
        for (;;) yield ["b"];
      } finally {
        ended++;
      }
    },
    [callee],
    stream,
  );
  expect(await collect(caller.stream(method))).toBe("a internal");
  await nodes.travel();
  expect(ended).toBe(1);
  expect(caller.stage.logged).toMatchObject([{ fields: { path: "[0]", node: "callee" } }]);
  await nodes.expectNothingLeft();
});

test("what is no stream of items is internal", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(() => 7, [callee], stream);
  expect(await collect(caller.stream(method))).toBe("internal");
  await nodes.expectNothingLeft();
});

test("a stream flows on without a deadline, and ends at the deadline of one that has it", async () => {
  const { nodes, caller, callee } = pair();
  const { method, open } = await source(nodes, callee);
  const endless = caller.stream(method);
  const bounded = collect(caller.stream(method, { timeout: 500 }));
  await endless.next();
  await nodes.pass(60_000);
  expect(await bounded).toBe("first deadline-exceeded");
  open();
  expect(await endless.next()).toEqual({ done: false, value: ["last"] });
  expect(await endless.next()).toEqual({ done: true, value: undefined });
  await nodes.expectNothingLeft();
});

test("a stream is acknowledged as it begins, so that no other node repeats it", async () => {
  const { nodes, network, caller, callee } = pair();
  const { method, open } = await source(nodes, callee);
  const items = caller.stream(method);
  await items.next();
  expect(network.held.size).toBe(0);
  const other = nodes.node("other");
  other.stage.host(method, () => {
    throw new Error("must not run");
  });
  await other.remote.serve("Stage");
  network.kill("callee");
  const last = collect(items);
  await nodes.pass(1_100);
  expect(await last).toBe("unavailable");
  open();
  await nodes.expectNothingLeft();
});

test("a stream that another node had is aborted, even where it may run twice", async () => {
  const { nodes, callee } = pair();
  const method = await nodes.method(() => [], [callee], { ...stream, idempotent: true });
  const frame = [frameKind.call, 1, "Stage", method.name, [[]], 1_000, null, 7];
  const delivery = { from: "caller", redelivered: true, done() {} };
  callee.transport.listener?.onFrame(frame, delivery);
  expect(callee.frames(nodes.network, frameKind.error)).toMatchObject([
    [frameKind.error, 1, [1, "aborted", expect.any(String)]],
  ]);
  await nodes.expectNothingLeft();
});

test("a stream is not begun again by itself, even where it may run twice", async () => {
  const { nodes, caller, callee } = pair();
  let runs = 0;
  const method = await nodes.method(
    async function* () {
      runs++;
      yield ["a"];
      await new Promise(() => {});
    },
    [callee],
    { ...stream, idempotent: true },
  );
  const items = caller.stream(method);
  await items.next();
  caller.transport.interrupt();
  expect(await collect(items)).toBe("unavailable");
  await callee.remote.retire("Stage");
  expect(await collect(caller.stream(method))).toBe("unavailable");
  expect(runs).toBe(1);
});

test("what came before a cancellation and was not passed on yet stays behind", async () => {
  const { nodes, caller, callee } = pair();
  const { method, seen } = await counter(nodes, callee);
  const items: unknown[] = [];
  const gate = deferred<void>();
  const outcome = Object.assign(new Outcome(), {
    next(item: unknown) {
      items.push(item);
      return gate.promise;
    },
  });
  const call = caller.stage.dispatcher.dispatch(request(method), outcome);
  await nodes.travel();
  call.cancel();
  gate.resolve();
  await nodes.travel();
  expect(outcome.heard).toMatchObject([{ code: "cancelled" }]);
  expect(items).toHaveLength(1);
  expect(seen.ended).toBe(1);
  await nodes.expectNothingLeft();
});

test("a callee that dies before the first item is known all the same", async () => {
  const { nodes, network, caller, callee } = pair();
  const method = await nodes.method(
    async function* () {
      yield await new Promise<string[]>(() => {});
    },
    [callee],
    stream,
  );
  const items = collect(caller.stream(method));
  await nodes.travel();
  await nodes.node("other").remote.serve("Stage");
  network.kill("callee");
  await nodes.pass(1_100);
  expect(await items).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test.each(["caller", "callee"])("an interruption of the %s ends a stream on both sides", async (side) => {
  const { nodes, network, caller, callee } = pair();
  const { method, seen } = await counter(nodes, callee);
  const items = caller.stream(method);
  await items.next();
  await nodes.travel();
  network.interrupt(side);
  await nodes.travel();
  await expect(
    (async () => {
      for await (const _ of items);
    })(),
  ).rejects.toMatchObject({ code: "unavailable" });
  await nodes.travel();
  expect(seen.ended).toBe(1);
  await nodes.expectNothingLeft();
});

test.each([frameKind.next, frameKind.more])(
  "a stream of which something was dropped ends (frame %s)",
  async (kind) => {
    const { nodes, network, caller, callee } = pair();
    const { method, seen } = await counter(nodes, callee);
    const items = caller.stream(method);
    for (let i = 0; i < 20; i++) await items.next();
    network.fate = ({ frame }) => (frame[0] === kind ? "full" : "arrives");
    const rest = collect(items);
    await nodes.pass(1_600);
    network.fate = () => "arrives";
    expect(await rest).toMatch(/ (unavailable|resource-exhausted)$/);
    expect(seen.ended).toBe(1);
    await nodes.expectNothingLeft();
  },
);

test("a stream whose message comes again goes on", async () => {
  const { nodes, network, caller, callee } = pair();
  const { method, open } = await source(nodes, callee);
  const items = caller.stream(method);
  await items.next();
  const done: number[] = [];
  const call = caller.frames(network, frameKind.call)[0] ?? [];
  callee.transport.listener?.onFrame(call, { from: "caller", redelivered: true, done: () => done.push(1) });
  expect(done).toEqual([1]);
  open();
  expect(await collect(items)).toBe("last");
  await nodes.expectNothingLeft();
});

test("clients' streams from other nodes end when the server stops", async () => {
  const { nodes, caller, callee } = pair();
  const { method, seen } = await counter(nodes, callee);
  const items: unknown[] = [];
  const outcome = Object.assign(new Outcome(), { next: (item: unknown) => void items.push(item) });
  caller.stage.dispatcher.dispatch(request(method), outcome);
  await nodes.travel();
  expect(items.length).toBeGreaterThan(streamWindow);
  caller.stage.dispatcher.stop();
  await outcome.ended;
  expect(outcome.heard).toMatchObject([{ code: "unavailable" }]);
  await nodes.travel();
  expect(seen.ended).toBe(1);
  await nodes.expectNothingLeft();
});
