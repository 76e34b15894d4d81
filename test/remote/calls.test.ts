import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import { codes } from "../../runtime/error/code.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { frameKind } from "../../runtime/remote/frame.js";
import { describe, type StageCall, session, TooManyTags, tooManyTags, untyped } from "../call/stage.js";
import { Nodes } from "./nodes.js";
import { pair } from "./scenes.js";

test("a call is answered by the node that runs the module", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method((tags) => [...tags, "seen"], [callee]);
  expect(await caller.call(method, ["a"])).toEqual(["a", "seen"]);
  await nodes.expectNothingLeft();
});

test("calls made in one turn of the loop arrive together, in order, and answers go back together", async () => {
  const { nodes, network, caller, callee } = pair();
  const seen: string[] = [];
  const method = await nodes.method(
    (own) => {
      seen.push(...own);
      return own;
    },
    [callee],
  );
  const tags = Array.from({ length: 100 }, (_, index) => String(index));
  const deliver = network.deliver.bind(network);
  const sizes: number[] = [];
  network.deliver = (message) => {
    sizes.push(message.frames.length);
    deliver(message);
  };
  const results = await Promise.all(tags.map((tag) => caller.call(method, [tag])));
  expect(results.flat()).toEqual(tags);
  expect(seen).toEqual(tags);
  expect(sizes).toEqual([100, 100]);
  await nodes.expectNothingLeft();
});

test("a call with a node goes to that node", async () => {
  const nodes = new Nodes();
  const [caller, ...hosts] = ["caller", "one", "two", "three"].map((id) => nodes.node(id));
  if (caller === undefined) throw new Error("no caller");
  const method = describe({});
  nodes.methods.set(`Stage.${method.name}`, method);
  for (const host of hosts) {
    host.stage.host(method, () => [host.id]);
    await host.remote.serve("Stage");
  }
  for (const { id } of hosts) expect(await caller.call(method, [], { node: id })).toEqual([id]);
  expect(await caller.outcome(method, [], { node: "four" })).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test("arguments that do not fit are refused before they are sent", async () => {
  const { nodes, network, caller, callee } = pair();
  const method = await nodes.method((tags) => tags, [callee]);
  await expect(caller.call(method, untyped([7]))).rejects.toMatchObject({
    code: "invalid-argument",
    details: { path: "tags[0]" },
  });
  expect(network.sent).toEqual([]);
});

test.each(codes.filter((code) => code !== "failed"))("a handler answers with the code %s", async (code) => {
  const { nodes, caller, callee } = pair();
  const details =
    code === "resource-exhausted"
      ? { retryAfterMs: 5 }
      : code === "invalid-argument"
        ? { path: "a", expected: "b" }
        : undefined;
  const method = await nodes.method(() => {
    throw new RpcError(code, "because", details && { details });
  }, [callee]);
  const error: unknown = await caller.call(method).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RpcError);
  expect(error).toMatchObject({ code, message: "because", details });
  await nodes.expectNothingLeft();
});

test("a method that may run twice is not repeated because its handler answers with aborted", async () => {
  const { nodes, caller, callee } = pair();
  let runs = 0;
  const method = await nodes.method(
    () => {
      runs++;
      throw new RpcError("aborted", "somebody else was faster");
    },
    [callee],
    { idempotent: true },
  );
  expect(await caller.outcome(method)).toBe("aborted");
  expect(runs).toBe(1);
  await nodes.expectNothingLeft();
});

test("a declared failure arrives as an instance of its class with its fields", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(
    () => {
      throw new TooManyTags({ limit: 3 }, "only three");
    },
    [callee],
    { failures: [tooManyTags] },
  );
  const error: unknown = await caller.call(method).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TooManyTags);
  expect(error).toMatchObject({ code: "failed", limit: 3, message: "only three" });
});

test("what a handler throws undeclared stays in its own log", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(() => {
    throw new TypeError("secret");
  }, [callee]);
  await expect(caller.call(method)).rejects.toMatchObject({
    code: "internal",
    message: expect.stringMatching(/^Internal error \(trace \w{32}\)$/),
  });
  expect(callee.stage.logged).toMatchObject([{ level: "error", fields: { err: new TypeError("secret") } }]);
  expect(caller.stage.logged).toEqual([]);
});

test("a result that does not fit is internal, and the callee's log says where", async () => {
  const { nodes, caller, callee } = pair();
  const tagCodec = describe({}).result;
  const method = await nodes.method(() => [7], [callee], { result: { ...tagCodec, write: tagCodec.copy } });
  expect(await caller.outcome(method)).toBe("internal");
  expect(callee.stage.logged).toMatchObject([{ fields: { path: "[0]", expected: "a string" } }]);
  await nodes.expectNothingLeft();
});

test("an answer that does not fit is internal, and the caller's log says where", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(() => [7], [callee]);
  expect(await caller.outcome(method)).toBe("internal");
  expect(caller.stage.logged).toMatchObject([{ fields: { path: "[0]", node: "callee" } }]);
  await nodes.expectNothingLeft();
});

test("a failure whose fields do not fit where they arrive is internal", async () => {
  const { nodes, caller, callee } = pair();
  const write = () => ({ limit: "three" });
  const method = await nodes.method(
    () => {
      throw new TooManyTags({ limit: 3 });
    },
    [callee],
    { failures: [{ ...tooManyTags, codec: { ...tooManyTags.codec, write } }] },
  );
  expect(await caller.outcome(method)).toBe("internal");
  expect(caller.stage.logged).toMatchObject([{ fields: { path: "limit" } }]);
  await nodes.expectNothingLeft();
});

test("arguments that the callee's codec refuses are answered with its reason", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(() => [], [callee]);
  const sloppy = { ...method, args: { ...method.args, write: () => [[7]] } };
  await expect(caller.call(sloppy)).rejects.toMatchObject({
    code: "invalid-argument",
    details: { path: "tags[0]", expected: "a string" },
  });
  await nodes.expectNothingLeft();
});

test("a method that the callee does not know is unimplemented, and a module that it has closed unavailable", async () => {
  const { nodes, caller, callee } = pair();
  const known = await nodes.method(() => [], [callee]);
  expect(await caller.outcome(describe({}))).toBe("unimplemented");
  callee.stage.core.callees.close("Stage");
  expect(await caller.outcome(known)).toBe("unavailable");
  await nodes.expectNothingLeft();
});

test("the session and the trace travel along, also to calls nested in the call", async () => {
  const { nodes, caller, callee } = pair();
  const seen: unknown[] = [];
  const inner = await nodes.method(
    (_tags, call) => {
      seen.push(call.session?.userId, call.traceId);
      return [];
    },
    [caller],
    { module: "Other" },
  );
  const outer = await nodes.method(
    async (_tags, call, given) => {
      seen.push(given?.userId, call.session?.userId, call.traceId);
      return await call.rpc.call(inner, undefined, [[]], undefined);
    },
    [callee],
    { access: "user" },
  );
  await caller.stage.caller.call(outer, session("u1"), [[]], undefined);
  const trace = expect.stringMatching(/^\w{32}$/);
  expect(seen).toEqual(["u1", "u1", trace, "u1", seen[2]]);
  await nodes.expectNothingLeft();
});

test("the callee checks who may call, too", async () => {
  const { nodes, caller, callee } = pair();
  const method = await nodes.method(() => [], [callee], { access: "user" });
  expect(await caller.outcome(method)).toBe("unauthenticated");
});

test("a one-way call runs, and nothing comes back", async () => {
  const { nodes, network, caller, callee } = pair();
  const seen: [string[], StageCall][] = [];
  const wave = await nodes.method((tags, call) => void seen.push([tags, call]), [callee], { kind: "oneway" });
  const given = ["a"];
  caller.stage.caller.send({ ...wave, result: nothing }, undefined, [given], undefined);
  given.push("later");
  await nodes.travel();
  expect(seen.map(([tags]) => tags)).toEqual([["a"]]);
  expect(seen[0]?.[1].remaining()).toBe(10_000);
  expect(network.sent.map(({ frame }) => frame[0])).toEqual([frameKind.call]);
  await nodes.expectNothingLeft();
});

test("the failure of a one-way call stands in the callee's log", async () => {
  const { nodes, caller, callee } = pair();
  const wave = await nodes.method(
    () => {
      throw new RpcError("not-found", "no such hand");
    },
    [callee],
    { kind: "oneway", name: "wave" },
  );
  const unknown = describe({ kind: "oneway", name: "unknown" });
  for (const method of [wave, unknown]) {
    caller.stage.caller.send({ ...method, result: nothing }, undefined, [[]], undefined);
  }
  await nodes.travel();
  expect(callee.stage.logged).toMatchObject([
    { level: "warn", fields: { method: "Stage.unknown", code: "unimplemented" } },
    { level: "warn", fields: { method: "Stage.wave", code: "not-found" } },
  ]);
  await nodes.expectNothingLeft();
});

test("nodes call each other at the same time without mixing answers up", async () => {
  const { nodes, caller, callee } = pair();
  const there = await nodes.method(([tag]) => [`there ${tag}`], [callee]);
  const here = await nodes.method(([tag]) => [`here ${tag}`], [caller], { module: "Other" });
  const tags = Array.from({ length: 50 }, (_, index) => String(index));
  const results = await Promise.all(
    tags.flatMap((tag) => [caller.call(there, [tag]), callee.call(here, [tag])]),
  );
  expect(results.flat()).toEqual(tags.flatMap((tag) => [`there ${tag}`, `here ${tag}`]));
  await nodes.expectNothingLeft();
});
