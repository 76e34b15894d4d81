import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { Stage, type TagMethod, TooManyTags, tooManyTags } from "./stage.js";

const stream = { kind: "stream" } as const;

function read(stage: Stage, method: TagMethod, options?: { signal?: AbortSignal; timeout?: number }) {
  return stage.caller.stream(method, undefined, [["a"]], options);
}

async function collect(items: AsyncIterable<string[]>): Promise<string[][]> {
  const collected: string[][] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Reads what is left; an item may have been under way. */
async function drain(items: AsyncIterator<string[]>): Promise<void> {
  while (!(await items.next()).done);
}

test("a stream passes on what the handler yields, in order, copied", async () => {
  const stage = new Stage();
  const item = ["a"];
  const method = stage.method(async function* () {
    yield item;
    item.push("b");
    yield item;
  }, stream);
  expect(await collect(read(stage, method))).toEqual([["a"], ["a", "b"]]);
});

test("a stream begins with the first wish for an item, and each loop is a call of its own", async () => {
  const stage = new Stage();
  let calls = 0;
  const method = stage.method(async function* () {
    calls++;
    yield ["a"];
  }, stream);
  const items = read(stage, method);
  expect(calls).toBe(0);
  await collect(items);
  await collect(items);
  expect(calls).toBe(2);
});

test("the handler is not asked for more than one item beyond what was read", async () => {
  const stage = new Stage();
  let made = 0;
  const method = stage.method(async function* () {
    for (;;) yield [String(++made)];
  }, stream);
  const items = read(stage, method)[Symbol.asyncIterator]();
  for (let i = 0; i < 3; i++) await items.next();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(made).toBe(4);
  await items.return?.();
});

test("break cancels the call, and the handler's finally runs", async () => {
  const stage = new Stage();
  const seen: string[] = [];
  const method = stage.method(async function* (_tags, call) {
    call.signal.addEventListener("abort", () => seen.push("aborted"));
    try {
      for (;;) yield ["a"];
    } finally {
      seen.push("finally");
    }
  }, stream);
  for await (const _ of read(stage, method)) break;
  await stage.core.idle();
  expect(seen).toEqual(["aborted", "finally"]);
  expect(stage.core.streams.size).toBe(0);
});

test("an aborted signal ends the stream with cancelled", async () => {
  const stage = new Stage();
  const method = stage.method(async function* () {
    for (;;) yield ["a"];
  }, stream);
  const controller = new AbortController();
  const items = read(stage, method, { signal: controller.signal })[Symbol.asyncIterator]();
  await items.next();
  controller.abort();
  await expect(drain(items)).rejects.toMatchObject({ code: "cancelled" });
  await stage.core.idle();
});

test("a stream has no deadline unless one is set, and then it bounds the whole of it", async () => {
  const stage = new Stage();
  const method = stage.method(async function* (_tags, call) {
    yield ["a"];
    await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
  }, stream);
  const endless = read(stage, method)[Symbol.asyncIterator]();
  const bounded = read(stage, method, { timeout: 500 })[Symbol.asyncIterator]();
  await Promise.all([endless.next(), bounded.next()]);
  const [more, late] = [endless.next(), bounded.next()];
  const outcome = expect(late).rejects.toMatchObject({ code: "deadline-exceeded" });
  stage.clock.pass(60_000);
  await outcome;
  expect(await Promise.race([more, Promise.resolve("waits")])).toBe("waits");
  await endless.return?.();
  await expect(more).resolves.toEqual({ done: true, value: undefined });
  await stage.core.idle();
});

test("failures and faults end a stream as they end a call", async () => {
  const stage = new Stage();
  const failing = stage.method(
    async function* () {
      yield ["a"];
      throw new TooManyTags({ limit: 1 });
    },
    { ...stream, failures: [tooManyTags] },
  );
  await expect(collect(read(stage, failing))).rejects.toMatchObject({ type: "TooManyTags", limit: 1 });
  const misfit = stage.method(async function* () {
    yield [7];
  }, stream);
  await expect(collect(read(stage, misfit))).rejects.toMatchObject({ code: "internal" });
  const notIterable = stage.method(() => 7, stream);
  await expect(collect(read(stage, notIterable))).rejects.toMatchObject({ code: "internal" });
  expect(() => stage.caller.stream(failing, undefined, [[7 as unknown as string]], undefined)).toThrow(
    RpcError,
  );
});

test("streams end when the server stops", async () => {
  const stage = new Stage();
  const method = stage.method(async function* () {
    for (;;) yield ["a"];
  }, stream);
  const items = read(stage, method)[Symbol.asyncIterator]();
  await items.next();
  stage.dispatcher.stop();
  await expect(drain(items)).rejects.toMatchObject({ code: "unavailable" });
  await stage.core.idle();
});
