import { afterEach, beforeEach, expect, test } from "vitest";
import { Outcome, request, Stage, type StageCall, session, settle } from "./stage.js";

const never = () => new Promise<string[]>(() => {});

const unhandled: unknown[] = [];
const listen = (reason: unknown) => unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", listen);
});

afterEach(async () => {
  await settle();
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
});

test("a nested call waits no longer than the outer one has left", async () => {
  const stage = new Stage();
  const left: number[] = [];
  const inner = stage.method((_tags, call) => {
    left.push(call.remaining());
    return [];
  });
  const outer = stage.method(async (_tags, call) => {
    expect(call.remaining()).toBe(1_000);
    stage.clock.pass(400);
    await call.rpc.call(inner, undefined, [[]], undefined);
    await call.rpc.call(inner, undefined, [[]], { timeout: 100 });
    await call.rpc.call(inner, undefined, [[]], { timeout: 60_000 });
    return [];
  });
  await stage.call(outer, [], { timeout: 1_000 });
  expect(left).toEqual([600, 100, 600]);
});

test("a nested call carries the session and the trace of the outer one", async () => {
  const stage = new Stage();
  const seen: unknown[] = [];
  const innermost = stage.method((_tags, call) => {
    seen.push(call.session, call.traceId);
    return [];
  });
  const inner = stage.method((_tags, call) => call.rpc.call(innermost, undefined, [[]], undefined));
  const outer = stage.method(
    async (_tags, call) => {
      await call.rpc.call(inner, undefined, [[]], undefined);
      seen.push(call.traceId);
      return [];
    },
    { access: "user" },
  );
  const player = session("u1");
  await stage.caller.call(outer, player, [[]], undefined);
  expect(seen[0]).toBe(player);
  expect(seen[1]).toMatch(/^[0-9a-f]{32}$/);
  expect(seen[1]).toBe(seen[2]);
});

test("an inherited session does not stand in for one that a method demands", async () => {
  const stage = new Stage();
  const inner = stage.method(() => [], { access: "user" });
  const codes: unknown[] = [];
  const outer = stage.method(
    async (_tags, call) => {
      await call.rpc.call(inner, undefined, [[]], undefined).catch((error) => codes.push(error.code));
      return [];
    },
    { access: "user" },
  );
  await stage.caller.call(outer, session("u1"), [[]], undefined);
  expect(codes).toEqual(["unauthenticated"]);
});

test("calls that are not nested have traces of their own", async () => {
  const stage = new Stage();
  const traces: string[] = [];
  const method = stage.method((_tags, call) => {
    traces.push(call.traceId);
    return [];
  });
  await stage.call(method);
  await stage.call(method);
  expect(new Set(traces).size).toBe(2);
});

test("cancelling the outer call cancels everything nested in it", async () => {
  const stage = new Stage();
  const calls: StageCall[] = [];
  const codes: unknown[] = [];
  const innermost = stage.method((_tags, call) => {
    calls.push(call);
    return never();
  });
  const inner = stage.method((_tags, call) => call.rpc.call(innermost, undefined, [[]], undefined));
  const outer = stage.method(async (_tags, call) => {
    const pending = [inner, inner, innermost].map((method) =>
      call.rpc.call(method, undefined, [[]], undefined),
    );
    for (const promise of pending) await promise.catch((error) => codes.push(error.code));
    return [];
  });
  const outcome = new Outcome();
  stage.dispatcher.dispatch(request(outer), outcome).cancel();
  await outcome.ended;
  await settle();
  expect(outcome.heard).toMatchObject([{ code: "cancelled" }]);
  expect(calls.map((call) => call.signal.aborted)).toEqual([true, true, true]);
  expect(codes).toEqual(["cancelled", "cancelled", "cancelled"]);
});

test("nested calls that have ended, in whatever order, leave the others to be cancelled", async () => {
  for (const order of [
    [0, 1, 2],
    [1, 2, 0],
    [1, 0, 3],
    [3, 1, 0],
    [2, 3, 1],
  ]) {
    const stage = new Stage();
    const finish: (() => void)[] = [];
    const inner = stage.method((tags) => new Promise((resolve) => finish.push(() => resolve(tags))));
    const ends: string[] = [];
    const outer = stage.method(async (_tags, call) => {
      const pending = ["0", "1", "2", "3"].map((tag) =>
        call.rpc.call(inner, undefined, [[tag]], undefined).then(
          ([own = ""]) => ends.push(own),
          (error) => ends.push(error.code),
        ),
      );
      await Promise.all(pending);
      return [];
    });
    const outcome = new Outcome();
    const dispatched = stage.dispatcher.dispatch(request(outer), outcome);
    for (const index of order) {
      finish[index]?.();
      await settle();
    }
    dispatched.cancel();
    await settle();
    expect(ends).toEqual([...order.map(String), "cancelled"]);
  }
});

test("the outer call's deadline ends the nested ones", async () => {
  const stage = new Stage();
  const codes: unknown[] = [];
  const inner = stage.method(never);
  const outer = stage.method((_tags, call) =>
    call.rpc.call(inner, undefined, [[]], undefined).catch((error) => {
      codes.push(error.code);
      throw error;
    }),
  );
  const pending = stage.call(outer, [], { timeout: 100 });
  stage.clock.pass(200);
  await expect(pending).rejects.toMatchObject({ code: "deadline-exceeded" });
  await settle();
  expect(codes).toEqual(["deadline-exceeded"]);
});

test("a cancelled client cannot cause an unhandled rejection in a handler that has not come to its await", async () => {
  const stage = new Stage();
  const inner = stage.method(never);
  const outer = stage.method(async (_tags, call) => {
    void call.rpc.call(inner, undefined, [[]], undefined);
    const second = call.rpc.call(inner, undefined, [[]], undefined);
    await settle();
    await settle();
    return second;
  });
  const outcome = new Outcome();
  const dispatched = stage.dispatcher.dispatch(request(outer), outcome);
  dispatched.cancel();
  await outcome.ended;
  await settle();
  await settle();
  await settle();
});

test("a call made after the outer one was cancelled does not reach its handler", async () => {
  const stage = new Stage();
  let runs = 0;
  const inner = stage.method(() => {
    runs++;
    return [];
  });
  const codes: unknown[] = [];
  const outer = stage.method(async (_tags, call) => {
    await settle();
    void call.rpc.call(inner, undefined, [[]], undefined);
    await call.rpc.call(inner, undefined, [[]], undefined).catch((error) => codes.push(error.code));
    return [];
  });
  const outcome = new Outcome();
  stage.dispatcher.dispatch(request(outer), outcome).cancel();
  await stage.core.idle();
  expect(codes).toEqual(["cancelled"]);
  expect(runs).toBe(0);
});

test("a nested call goes on when the outer one has returned without waiting for it", async () => {
  const stage = new Stage();
  let finish = () => {};
  const ended: string[] = [];
  const inner = stage.method(
    () =>
      new Promise<string[]>((resolve) => {
        finish = () => resolve([]);
      }),
  );
  const outer = stage.method((_tags, call) => {
    void call.rpc.call(inner, undefined, [[]], undefined).then(() => ended.push("inner"));
    return [];
  });
  await stage.call(outer);
  finish();
  await stage.core.idle();
  await settle();
  expect(ended).toEqual(["inner"]);
});
