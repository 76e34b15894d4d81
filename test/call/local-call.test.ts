import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { describe, Outcome, request, Stage, session, untyped } from "./stage.js";

test("a call runs the handler at once and resolves with its result", async () => {
  const stage = new Stage();
  const ran: string[] = [];
  const method = stage.method(async (tags) => {
    ran.push("handler");
    return [...tags, "seen"];
  });
  const result = stage.call(method, ["a"]);
  ran.push("caller");
  expect(await result).toEqual(["a", "seen"]);
  expect(ran).toEqual(["handler", "caller"]);
});

test("handlers need not be asynchronous", async () => {
  const stage = new Stage();
  expect(
    await stage.call(
      stage.method((tags) => tags.toReversed()),
      ["a", "b"],
    ),
  ).toEqual(["b", "a"]);
});

test("caller and handler never share an argument or a result", async () => {
  const stage = new Stage();
  const kept: string[][] = [];
  const method = stage.method(async (tags) => {
    kept.push(tags);
    return tags;
  });
  const given = ["a"];
  const got = await stage.call(method, given);
  kept[0]?.push("by the handler");
  got.push("by the caller");
  expect(given).toEqual(["a"]);
  expect(kept).toEqual([["a", "by the handler"]]);
  expect(got).toEqual(["a", "by the caller"]);
});

test("arguments that do not fit reject with their path, and the handler does not run", async () => {
  const stage = new Stage();
  let runs = 0;
  const method = stage.method(() => {
    runs++;
    return [];
  });
  await expect(stage.call(method, untyped(["a", 7]))).rejects.toMatchObject({
    code: "invalid-argument",
    details: { path: "tags[1]", expected: "a string" },
  });
  expect(runs).toBe(0);
  expect(stage.logged).toEqual([]);
});

test("the stack of a refusal begins where the stub was called", async () => {
  const stage = new Stage();
  const error = await stage
    .call(
      stage.method(() => []),
      untyped([7]),
    )
    .catch((thrown: Error) => thrown);
  const [message, first] = String((error as Error).stack).split("\n    at ");
  expect(message).toBe("RpcError: tags[0]: expected a string, got an integer");
  expect(first).toMatch(/^Stage\.call .*stage\.ts/);
});

test("a getter that throws in an argument is the caller's own error, and disturbs no later call", async () => {
  const stage = new Stage();
  const method = stage.method((tags) => tags);
  const trap = Object.defineProperty(["a"], 0, {
    enumerable: true,
    get() {
      throw new TypeError("a trap");
    },
  });
  await expect(stage.call(method, trap)).rejects.toThrow(new TypeError("a trap"));
  await expect(stage.call(method, untyped([7]))).rejects.toMatchObject({ details: { path: "tags[0]" } });
});

test("a result that does not fit is internal for the caller, and the log says what was expected where", async () => {
  const stage = new Stage();
  const method = stage.method(() => ["a", 7], { name: "list" });
  const error: unknown = await stage.call(method).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RpcError);
  expect(error).toMatchObject({
    code: "internal",
    message: expect.stringMatching(/^Internal error \(trace [0-9a-f]{32}\)$/),
  });
  expect(stage.logged).toMatchObject([
    {
      level: "error",
      message: "Stage.list returned what its type does not allow",
      fields: { method: "Stage.list", path: "[1]", expected: "a string" },
    },
  ]);
  const traceId = stage.logged[0]?.fields.traceId;
  expect(error).toHaveProperty("message", `Internal error (trace ${traceId})`);
});

test("a module that does not run is unavailable", async () => {
  const stage = new Stage();
  const method = describe({ module: "Elsewhere" });
  await expect(stage.call(method)).rejects.toMatchObject({ code: "unavailable" });
});

test("a method that a running module does not have is unimplemented", async () => {
  const stage = new Stage();
  stage.method(() => []);
  await expect(stage.call(describe({}))).rejects.toMatchObject({ code: "unimplemented" });
});

test("a module takes calls until it is closed", async () => {
  const stage = new Stage();
  const method = stage.method(() => []);
  await stage.call(method);
  stage.core.callees.close("Stage");
  await expect(stage.call(method)).rejects.toMatchObject({ code: "unavailable" });
});

test.each([
  ["session", undefined, "unauthenticated"],
  ["session", session(undefined), undefined],
  ["user", undefined, "unauthenticated"],
  ["user", session(undefined), "unauthenticated"],
  ["user", session("u1"), undefined],
  ["internal", undefined, undefined],
] as const)("a method for %s, called with %o, ends with %s", async (access, caller, code) => {
  const stage = new Stage();
  const sessions: unknown[] = [];
  const method = stage.method(
    (tags, _call, given) => {
      sessions.push(given);
      return tags;
    },
    { access },
  );
  const local = stage.caller.call(method, caller, [[]], undefined);
  const outcome = new Outcome();
  stage.dispatcher.dispatch(request(method, [], { session: caller }), outcome);
  if (code === undefined) {
    expect(await local).toEqual([]);
    expect(sessions).toEqual([caller, caller]);
  } else {
    await expect(local).rejects.toMatchObject({ code });
    await outcome.ended;
    expect(outcome.heard).toMatchObject([{ code }]);
    expect(sessions).toEqual([]);
  }
});

test("the core is idle once all handlers have ended", async () => {
  const stage = new Stage();
  await stage.core.idle();
  let finish = () => {};
  const method = stage.method(
    () =>
      new Promise<string[]>((resolve) => {
        finish = () => resolve([]);
      }),
  );
  const pending = stage.call(method, [], { timeout: 20 });
  let isIdle = false;
  const idle = stage.core.idle().then(() => {
    isIdle = true;
  });
  stage.clock.pass(100);
  await expect(pending).rejects.toMatchObject({ code: "deadline-exceeded" });
  expect(isIdle).toBe(false);
  finish();
  await idle;
});
