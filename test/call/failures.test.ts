import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import { type Code, codes } from "../../runtime/error/code.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { Outcome, request, Stage, type TagMethod, TooManyTags, tooManyTags, untyped } from "./stage.js";

/** What a caller here and a caller from outside hear. */
async function errorsOf(stage: Stage, method: TagMethod): Promise<unknown[]> {
  const outcome = new Outcome();
  stage.dispatcher.dispatch(request(method), outcome);
  await outcome.ended;
  return [await stage.call(method).catch((error: unknown) => error), ...outcome.heard];
}

const passing: readonly Code[] = [
  "unavailable",
  "deadline-exceeded",
  "cancelled",
  "resource-exhausted",
  "aborted",
  "internal",
];

test.each(codes.filter((code) => code !== "failed"))(
  "a handler answers with the code %s by throwing it",
  async (code) => {
    const stage = new Stage();
    const thrown = new RpcError(code, "because", { details: { retryAfterMs: 5 } });
    const method = stage.method(() => {
      throw thrown;
    });
    for (const error of await errorsOf(stage, method)) {
      expect(error).toBeInstanceOf(RpcError);
      expect(error).toMatchObject({ code, message: "because", details: { retryAfterMs: 5 } });
    }
    expect(stage.logged).toEqual([]);
  },
);

test("anything else that a handler throws is internal, and only the log knows more", async () => {
  for (const thrown of [
    new TypeError("secret"),
    "secret",
    undefined,
    { secret: true },
    new RpcError("failed", "secret"),
  ]) {
    const stage = new Stage();
    const method = stage.method(async () => {
      throw thrown;
    });
    for (const error of await errorsOf(stage, method)) {
      expect(error).toBeInstanceOf(RpcError);
      expect(error).toMatchObject({
        code: "internal",
        message: expect.stringMatching(/^Internal error \(trace \w{32}\)$/),
      });
      expect(error).not.toHaveProperty("cause");
    }
    expect(stage.logged.map(({ level, fields }) => [level, fields.err])).toEqual([
      ["error", thrown],
      ["error", thrown],
    ]);
  }
});

test("a declared failure reaches the caller as an instance of its own with the fields of its type", async () => {
  const stage = new Stage();
  const thrown = Object.assign(new TooManyTags({ limit: 3 }, "only three"), { secret: "not declared" });
  const method = stage.method(
    () => {
      throw thrown;
    },
    { failures: [tooManyTags] },
  );
  for (const error of await errorsOf(stage, method)) {
    expect(error).toBeInstanceOf(TooManyTags);
    expect(error).toMatchObject({ code: "failed", limit: 3, message: "only three" });
    expect(error).not.toBe(thrown);
    expect(error).not.toHaveProperty("secret");
  }
});

test("a failure that the method does not declare is internal", async () => {
  const stage = new Stage();
  const method = stage.method(() => {
    throw new TooManyTags({ limit: 3 });
  });
  for (const error of await errorsOf(stage, method)) expect(error).toMatchObject({ code: "internal" });
  expect(stage.logged[0]?.fields.err).toBeInstanceOf(TooManyTags);
});

test("a declared failure whose fields do not fit is internal, and the log says where", async () => {
  const stage = new Stage();
  const method = stage.method(
    () => {
      throw new TooManyTags({ limit: untyped("three") });
    },
    { failures: [tooManyTags] },
  );
  for (const error of await errorsOf(stage, method)) expect(error).toMatchObject({ code: "internal" });
  expect(stage.logged[0]).toMatchObject({ fields: { path: "limit", expected: "a number" } });
});

test.each(codes.filter((code) => code !== "failed"))(
  "an uncaught %s of a nested call tells the outer caller no more than it should",
  async (code) => {
    const stage = new Stage();
    const inner = stage.method(() => {
      throw new RpcError(code, "about the inner call");
    });
    const outer = stage.method((_tags, call) => call.rpc.call(inner, undefined, [[]], undefined));
    for (const error of await errorsOf(stage, outer)) {
      if (passing.includes(code)) expect(error).toMatchObject({ code, message: "about the inner call" });
      else expect(error).toMatchObject({ code: "internal", message: expect.stringContaining("trace") });
    }
    expect(stage.logged).toHaveLength(passing.includes(code) ? 0 : 2);
  },
);

test("arguments that do not fit a nested call are the handler's fault", async () => {
  const stage = new Stage();
  const inner = stage.method(() => []);
  const outer = stage.method((_tags, call) => call.rpc.call(inner, undefined, [untyped([7])], undefined));
  for (const error of await errorsOf(stage, outer))
    expect(error).toMatchObject({ code: "internal", details: undefined });
  expect(stage.logged[0]).toMatchObject({ fields: { path: "tags[0]" } });
});

test("arguments that do not fit a nested one-way call are the handler's fault", async () => {
  const stage = new Stage();
  const wave = { ...stage.method(() => {}), result: nothing };
  const outer = stage.method((_tags, call) => {
    call.rpc.send(wave, undefined, [untyped([7])], undefined);
    return [];
  });
  for (const error of await errorsOf(stage, outer)) expect(error).toMatchObject({ code: "internal" });
});

test("a handler may pass a nested error on by throwing a new one", async () => {
  const stage = new Stage();
  const inner = stage.method(() => {
    throw new RpcError("not-found", "no such tag");
  });
  const outer = stage.method((_tags, call) =>
    call.rpc.call(inner, undefined, [[]], undefined).catch((error: RpcError) => {
      throw new RpcError(error.code, error.message);
    }),
  );
  for (const error of await errorsOf(stage, outer)) expect(error).toMatchObject({ code: "not-found" });
});

test("one error object thrown by two handlers means each of them", async () => {
  const stage = new Stage();
  const notFound = new RpcError("not-found", "always the same object");
  const inner = stage.method(() => {
    throw notFound;
  });
  await expect(stage.call(inner)).rejects.toMatchObject({ code: "not-found" });
  const outer = stage.method(async (_tags, call) => {
    await call.rpc.call(inner, undefined, [[]], undefined).catch(() => {});
    throw notFound;
  });
  for (const error of await errorsOf(stage, outer)) expect(error).toMatchObject({ code: "not-found" });
});

test.each([
  ["passes where the outer method declares it too", [tooManyTags], "failed"],
  ["is internal where it does not", [], "internal"],
] as const)("an uncaught declared failure of a nested call %s", async (_, failures, code) => {
  const stage = new Stage();
  const inner = stage.method(
    () => {
      throw new TooManyTags({ limit: 3 });
    },
    { failures: [tooManyTags] },
  );
  const outer = stage.method((_tags, call) => call.rpc.call(inner, undefined, [[]], undefined), { failures });
  for (const error of await errorsOf(stage, outer)) {
    expect(error).toMatchObject({ code });
    expect(error instanceof TooManyTags).toBe(code === "failed");
  }
});

test("an error shows where the handler threw it", async () => {
  const stage = new Stage();
  const method = stage.method(function throwsHere() {
    throw new RpcError("not-found", "no");
  });
  for (const error of await errorsOf(stage, method))
    expect(error).toHaveProperty("stack", expect.stringContaining("throwsHere"));
});
