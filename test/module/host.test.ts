import { expect, test } from "vitest";
import { isNested } from "../../runtime/error/nested.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { session, untyped } from "../call/stage.js";
import { type Context, define, handlers, Journal } from "./definitions.js";

test("the set-up gets its settings, stubs and log, and its handlers become callable", async () => {
  const journal = new Journal();
  const contexts: Context[] = [];
  const definition = define("Garden", (context) => {
    contexts.push(context);
    return handlers;
  });
  const rpc = { garden: {} };
  const callees = await journal.host(definition, { settings: { size: 3 }, rpc }).setUp();
  expect(contexts).toMatchObject([{ settings: { size: 3 } }]);
  expect(contexts[0]?.rpc).toBe(rpc);
  expect(contexts[0]?.log).toBe(journal.log);
  expect(callees.map(({ method }) => method.name)).toEqual(["look", "list"]);
  expect(callees.every((callee) => callee.handlers === handlers)).toBe(true);
});

test("handlers may be an instance of a class", async () => {
  class Garden {
    #seen = 0;
    look() {
      return ++this.#seen;
    }
    list() {
      return [];
    }
    notPartOfTheContract() {}
  }
  const callees = await new Journal().host(define("Garden", () => new Garden())).setUp();
  expect(callees).toHaveLength(2);
});

test.each([
  [{ look() {} }, 'The set-up of the module Garden returned no method "list"'],
  [{ look: 7, lists() {} }, 'The set-up of the module Garden returned no method "look", "list"'],
  [undefined, "The set-up of the module Garden must return its handlers as an object"],
])("a set-up that returns %o is told what is missing", async (returned, message) => {
  const definition = define("Garden", (): object => {
    return untyped(returned);
  });
  await expect(new Journal().host(definition).setUp()).rejects.toThrow(message);
});

test("steps of life are registered during the set-up only", async () => {
  const contexts: Context[] = [];
  const definition = define("Garden", async (context) => {
    contexts.push(context);
    await Promise.resolve();
    context.onStart(() => {});
    return handlers;
  });
  const module = new Journal().host(definition);
  await module.setUp();
  expect(module.startSteps).toHaveLength(1);
  expect(() => contexts[0]?.onStop(() => {})).toThrow(
    "onStop comes too late: the module Garden has been set up",
  );
});

test("pushes reach the sink with their audience", async () => {
  const journal = new Journal();
  await journal
    .host(
      define("Garden", ({ push }) => {
        push.grown.to(session("u1"), 1);
        push.grown.toUser("u1", 2);
        push.grown.toGroup("lobby", 3);
        push.grown.toAll(4);
        return handlers;
      }),
    )
    .setUp();
  expect(journal.pushed).toEqual([
    { push: "Garden/grown", audience: { kind: "session", id: "s1" }, value: 1 },
    { push: "Garden/grown", audience: { kind: "user", id: "u1" }, value: 2 },
    { push: "Garden/grown", audience: { kind: "group", id: "lobby" }, value: 3 },
    { push: "Garden/grown", audience: { kind: "all" }, value: 4 },
  ]);
});

test("a pushed value that does not fit throws, and is not taken for the client's fault", async () => {
  const errors: unknown[] = [];
  await new Journal()
    .host(
      define("Garden", ({ push }) => {
        try {
          push.grown.toAll(untyped("four"));
        } catch (error) {
          errors.push(error);
        }
        return handlers;
      }),
    )
    .setUp();
  expect(errors).toMatchObject([{ code: "invalid-argument" }]);
  expect(errors[0] instanceof RpcError && isNested(errors[0])).toBe(true);
});
