import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { Outcome, request, Stage, settle } from "./stage.js";

test("handlers start in the order of dispatch, before dispatch returns", () => {
  const stage = new Stage();
  const started: string[] = [];
  const method = stage.method(async ([tag = ""]) => {
    started.push(tag);
    return [];
  });
  for (const tag of ["a", "b", "c"]) {
    stage.dispatcher.dispatch(request(method, [tag]), new Outcome());
    expect(started.at(-1)).toBe(tag);
  }
});

test.each([
  ["returns at once", () => ["a"], ["a"]],
  ["returns later", async () => ["a"], ["a"]],
  [
    "throws at once",
    () => {
      throw new RpcError("not-found", "no");
    },
    { code: "not-found" },
  ],
])(
  "the end of a handler that %s is heard once, after dispatch has returned",
  async (_, handler, expected) => {
    const stage = new Stage();
    const outcome = new Outcome();
    stage.dispatcher.dispatch(request(stage.method(handler)), outcome);
    expect(outcome.heard).toEqual([]);
    await outcome.ended;
    await settle();
    expect(outcome.heard).toMatchObject([expected]);
  },
);

test("arguments and results are passed on as they are", async () => {
  const stage = new Stage();
  const result = [7];
  const outcome = new Outcome();
  stage.dispatcher.dispatch(request(stage.method(() => result)), outcome);
  await outcome.ended;
  expect(outcome.heard[0]).toBe(result);
  expect(stage.logged).toEqual([]);
});

test("a result that whoever hears it cannot encode ends the call as internal, and the log has it", async () => {
  const stage = new Stage();
  const heard: RpcError[] = [];
  await new Promise<void>((resolve) => {
    stage.dispatcher.dispatch(request(stage.method(() => [], { name: "list" })), {
      succeed() {
        throw new RpcError("invalid-argument", "at: expected a Date", {
          details: { path: "at", expected: "a Date" },
        });
      },
      fail(error) {
        heard.push(error);
        resolve();
      },
    });
  });
  expect(heard).toMatchObject([{ code: "internal" }]);
  expect(stage.logged).toMatchObject([{ fields: { method: "Stage.list", path: "at", expected: "a Date" } }]);
});

test("cancelling ends a call once, and does nothing to one that has ended", async () => {
  const stage = new Stage();
  const outcome = new Outcome();
  const waiting = stage.dispatcher.dispatch(request(stage.method(() => new Promise(() => {}))), outcome);
  waiting.cancel();
  waiting.cancel();
  expect(outcome.heard).toMatchObject([{ code: "cancelled" }]);

  const ended = new Outcome();
  const done = stage.dispatcher.dispatch(request(stage.method(() => ["a"])), ended);
  await ended.ended;
  done.cancel();
  expect(ended.heard).toEqual([["a"]]);
});

test("the caller's budget is the call's", async () => {
  const stage = new Stage();
  const outcome = new Outcome();
  const method = stage.method(() => new Promise(() => {}));
  stage.dispatcher.dispatch(request(method, [], { timeout: 70 }), outcome);
  stage.clock.pass(60);
  expect(outcome.heard).toEqual([]);
  stage.clock.pass(40);
  expect(outcome.heard).toMatchObject([{ code: "deadline-exceeded" }]);
});

test("while stopping, calls from outside are unavailable and modules still reach each other", async () => {
  const stage = new Stage();
  const method = stage.method((tags) => tags);
  stage.dispatcher.stop();
  const outcome = new Outcome();
  const refused = stage.dispatcher.dispatch(request(method), outcome);
  refused.cancel();
  expect(outcome.heard).toEqual([]);
  await outcome.ended;
  expect(outcome.heard).toMatchObject([{ code: "unavailable" }]);
  expect(await stage.call(method, ["a"])).toEqual(["a"]);
});
