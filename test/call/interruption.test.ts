import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { deferred, Stage, type StageCall, settle } from "./stage.js";

const never = () => new Promise<string[]>(() => {});

test("a call waits 10 seconds, or what its method or its options say", async () => {
  const stage = new Stage();
  const outcomes: string[] = [];
  const note = (name: string, pending: Promise<unknown>) =>
    pending.catch((error: unknown) => outcomes.push(`${name} ${Reflect.get(Object(error), "code")}`));
  note("default", stage.call(stage.method(never)));
  note("method", stage.call(stage.method(never, { timeout: 2_000 })));
  note("options", stage.call(stage.method(never, { timeout: 2_000 }), [], { timeout: 500 }));
  for (const [time, expected] of [
    [480, 0],
    [50, 1],
    [1_400, 1],
    [120, 2],
    [7_900, 2],
    [100, 3],
  ] as const) {
    stage.clock.pass(time);
    await settle();
    expect(outcomes).toHaveLength(expected);
  }
  expect(outcomes).toEqual([
    "options deadline-exceeded",
    "method deadline-exceeded",
    "default deadline-exceeded",
  ]);
});

test("calls that have ended leave nothing that waits for their deadlines", async () => {
  const stage = new Stage();
  await stage.call(stage.method((tags) => tags));
  await stage.call(stage.method(() => Promise.reject(new RpcError("not-found", "no")))).catch(() => {});
  stage.clock.pass(10);
  expect(stage.clock.isTicking).toBe(false);
});

test("the callee's signal aborts with the reason when the deadline passes", async () => {
  const stage = new Stage();
  const calls: StageCall[] = [];
  const method = stage.method((_tags, call) => {
    calls.push(call);
    expect(call.signal.aborted).toBe(false);
    return never();
  });
  const pending = stage.call(method, [], { timeout: 100 });
  stage.clock.pass(200);
  await expect(pending).rejects.toMatchObject({ code: "deadline-exceeded" });
  expect(calls[0]?.signal.aborted).toBe(true);
  expect(calls[0]?.signal.reason).toMatchObject({ code: "deadline-exceeded" });
  expect(calls[0]?.remaining()).toBe(0);
});

test("a signal that is first looked at after the deadline is aborted already", async () => {
  const stage = new Stage();
  const calls: StageCall[] = [];
  const method = stage.method((_tags, call) => {
    calls.push(call);
    return never();
  });
  const pending = stage.call(method, [], { timeout: 100 });
  stage.clock.pass(200);
  await expect(pending).rejects.toMatchObject({ code: "deadline-exceeded" });
  expect(calls[0]?.signal.aborted).toBe(true);
});

test("the caller's signal cancels the call and aborts the callee's signal", async () => {
  const stage = new Stage();
  const calls: StageCall[] = [];
  const method = stage.method((_tags, call) => {
    calls.push(call);
    call.signal.throwIfAborted();
    return never();
  });
  const controller = new AbortController();
  const pending = stage.call(method, [], { signal: controller.signal });
  controller.abort();
  await expect(pending).rejects.toMatchObject({ code: "cancelled" });
  expect(calls[0]?.signal.reason).toMatchObject({ code: "cancelled" });
});

test("a call with a signal that has aborted does not reach the handler", async () => {
  const stage = new Stage();
  let runs = 0;
  const method = stage.method(() => {
    runs++;
    return [];
  });
  await expect(stage.call(method, [], { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
  expect(runs).toBe(0);
});

test("aborting after the end changes nothing, and the signal holds no finished call", async () => {
  const stage = new Stage();
  const method = stage.method((tags) => tags);
  const controller = new AbortController();
  const removed: string[] = [];
  const { signal } = controller;
  const remove = signal.removeEventListener.bind(signal);
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    removed.push(type);
    remove(type, listener);
  };
  expect(await stage.call(method, ["a"], { signal })).toEqual(["a"]);
  expect(removed).toEqual(["abort"]);
  controller.abort();
});

test.each([0, -1, Number.NaN])("a call with a timeout of %d does not reach the handler", async (timeout) => {
  const stage = new Stage();
  let runs = 0;
  const method = stage.method(() => {
    runs++;
    return [];
  });
  await expect(stage.call(method, [], { timeout })).rejects.toMatchObject({ code: "deadline-exceeded" });
  expect(runs).toBe(0);
});

test("a call knows its deadline and what is left until then", async () => {
  const stage = new Stage();
  const method = stage.method(async (_tags, call) => {
    expect(call.remaining()).toBe(5_000);
    expect(Math.abs(call.deadline - (Date.now() + 5_000))).toBeLessThan(1_000);
    stage.clock.pass(2_000);
    expect(call.remaining()).toBe(3_000);
    return [];
  });
  await stage.call(method, [], { timeout: 5_000 });
  expect(stage.logged).toEqual([]);
});

test("what the handler does after the deadline is heard by nobody", async () => {
  const stage = new Stage();
  const late = deferred<string[]>();
  const failing = deferred<string[]>();
  const first = stage.call(
    stage.method(() => late.promise),
    [],
    { timeout: 50 },
  );
  const second = stage.call(
    stage.method((_tags, call) => failing.promise.finally(() => call.signal)),
    [],
    { timeout: 50 },
  );
  stage.clock.pass(100);
  await expect(first).rejects.toMatchObject({ code: "deadline-exceeded" });
  await expect(second).rejects.toMatchObject({ code: "deadline-exceeded" });
  late.resolve(["too late"]);
  failing.reject(new DOMException("This operation was aborted", "AbortError"));
  await settle();
  expect(stage.logged).toEqual([]);
});

test("a fault after the deadline still gets into the log", async () => {
  const stage = new Stage();
  const late = deferred<string[]>();
  const pending = stage.call(
    stage.method(() => late.promise),
    [],
    { timeout: 50 },
  );
  stage.clock.pass(100);
  await expect(pending).rejects.toMatchObject({ code: "deadline-exceeded" });
  late.reject(new TypeError("a bug"));
  await settle();
  expect(stage.logged).toMatchObject([{ level: "error", fields: { err: { message: "a bug" } } }]);
});

test("interrupting all calls ends each with the given error", async () => {
  const stage = new Stage();
  const calls = [0, 1, 2].map(() => stage.call(stage.method(never)));
  stage.core.interruptAll(new RpcError("unavailable", "over"));
  for (const call of calls)
    await expect(call).rejects.toMatchObject({ code: "unavailable", message: "over" });
});
