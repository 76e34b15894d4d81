import { expect, test } from "vitest";
import { nothing } from "../../runtime/codec/codec.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { Stage, type StageCall, settle, untyped } from "./stage.js";

function oneWay(stage: Stage, handler: (tags: string[], call: StageCall) => unknown) {
  const method = stage.method(handler, { name: "wave", kind: "oneway" });
  const wave: MethodContract<[tags: string[]], void> = { ...method, result: nothing };
  stage.core.callees.open("Stage", [
    {
      method: wave,
      handlers: {},
      invoke: (_handlers, _session, [tags]: [string[]], call: StageCall) => handler(tags, call),
    },
  ]);
  return wave;
}

test("a one-way call runs the handler and returns at once", () => {
  const stage = new Stage();
  const seen: string[][] = [];
  const wave = oneWay(stage, (tags) => void seen.push(tags));
  const given = ["a"];
  stage.caller.send(wave, undefined, [given], undefined);
  given.push("later");
  expect(seen).toEqual([["a"]]);
});

test("arguments that do not fit throw at once", () => {
  const stage = new Stage();
  const wave = oneWay(stage, () => {});
  expect(() => stage.caller.send(wave, undefined, [untyped([7])], undefined)).toThrow(
    expect.objectContaining({ code: "invalid-argument" }),
  );
});

test.each([
  [
    "that throws at once",
    () => {
      throw new RpcError("not-found", "no such hand");
    },
  ],
  [
    "that rejects later",
    async () => {
      await settle();
      throw new RpcError("not-found", "no such hand");
    },
  ],
])("the failure of a handler %s is logged and heard by nobody", async (_, handler) => {
  const stage = new Stage();
  stage.caller.send(oneWay(stage, handler), undefined, [[]], undefined);
  await settle();
  await settle();
  expect(stage.logged).toMatchObject([
    {
      level: "warn",
      message: "Stage.wave, a one-way call, failed: no such hand",
      fields: { code: "not-found" },
    },
  ]);
});

test("a one-way call to a module that does not run is logged", async () => {
  const stage = new Stage();
  const wave = oneWay(stage, () => {});
  stage.core.callees.close("Stage");
  stage.caller.send(wave, undefined, [[]], undefined);
  await settle();
  expect(stage.logged).toMatchObject([{ level: "warn", fields: { code: "unavailable" } }]);
});

test("a one-way call outlives the call that it was made in, and belongs to its trace", async () => {
  const stage = new Stage();
  const inner: StageCall[] = [];
  const wave = oneWay(stage, (_tags, call) => {
    inner.push(call);
    return new Promise(() => {});
  });
  const traces: string[] = [];
  const method = stage.method((_tags, call) => {
    traces.push(call.traceId);
    call.rpc.send(wave, undefined, [[]], undefined);
    return new Promise(() => {});
  });
  await Promise.all([
    expect(stage.call(method, [], { timeout: 50 })).rejects.toMatchObject({ code: "deadline-exceeded" }),
    stage.clock.pass(100),
  ]);
  expect(inner[0]?.signal.aborted).toBe(false);
  expect(inner[0]?.remaining()).toBeGreaterThan(9_000);
  expect(traces).toEqual([inner[0]?.traceId]);
});

test("of a node that cannot be reached a stream's reader and the log hear, and nothing throws", async () => {
  const stage = new Stage();
  const wave = oneWay(stage, () => {});
  const options = { node: "nobody.1-000000" };
  stage.caller.send(wave, undefined, [[]], options);
  expect(stage.logged).toMatchObject([{ level: "warn", fields: { code: "unavailable" } }]);
  const method = stage.method(async function* () {}, { kind: "stream" });
  const items = stage.caller.stream(method, undefined, [[]], options)[Symbol.asyncIterator]();
  await expect(items.next()).rejects.toMatchObject({ code: "unavailable" });
  await expect(stage.call(method, [], options)).rejects.toMatchObject({ code: "unavailable" });
});
