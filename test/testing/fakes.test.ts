import { expect, test } from "vitest";
import config from "../../antwire.config.js";
import { Game } from "../../generated/client.js";
import { RpcError } from "../../generated/server.js";
import { testApp, testModule } from "../../runtime/testing/index.js";

test("a module is tested with fakes in the place of the others", async () => {
  const asked: string[] = [];
  await using app = await testModule(config, "ranking", {
    client: Game,
    fakes: {
      login: {
        getName(userId) {
          asked.push(userId);
          return `the one with ${userId}`;
        },
      },
    },
  });
  await app.rpc.ranking.record("u-1", 30);
  const guest = await app.client();
  expect(await guest.ranking.top(5)).toMatchObject([{ name: "the one with u-1", points: 30 }]);
  expect(asked).toEqual(["u-1"]);
});

test("what is not faked says so, and how to fake it", async () => {
  await using app = await testModule(config, "ranking");
  await expect(app.rpc.login.getName("u-1")).rejects.toMatchObject({
    code: "unimplemented",
    message: expect.stringContaining("add it to fakes: { login: { getName: … } }"),
  });
  const error: unknown = await app.rpc.ranking.record("u-1", 30).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "internal" });
  expect((error as Error).cause).toMatchObject({
    message: expect.stringContaining("Login.getName was called"),
  });
});

test("a fake gets the session of methods that take one, and its errors arrive", async () => {
  await using app = await testApp(config, {
    client: Game,
    fakes: {
      chat: {
        say(session, room) {
          throw new RpcError("permission-denied", `${session.userId} talks too much in ${room}`);
        },
      },
    },
  });
  const ann = await app.client({ user: "u-1" });
  await expect(ann.chat.say("lobby", "Hello")).rejects.toMatchObject({
    code: "permission-denied",
    message: "u-1 talks too much in lobby",
  });
});

test("results of fakes are checked as those of modules", async () => {
  await using app = await testModule(config, "ranking", {
    // A type that only a cast gets past the compiler.
    fakes: { login: { getName: () => 7 as unknown as string } },
  });
  await expect(app.rpc.login.getName("u-1")).rejects.toMatchObject({ code: "internal" });
});

test("a fake of something that does not exist is an error of the test", async () => {
  // What the compiler refuses, a test in plain JavaScript may write.
  const odd = (fakes: object) => testApp(config, { fakes });
  await expect(odd({ weather: {} })).rejects.toThrow('The IDL has no module "weather"; it has arena, chat');
  await expect(odd({ chat: { shout() {} } })).rejects.toThrow("the module Chat has no such method");
  await expect(odd({ chat: { say: "no" } })).rejects.toThrow("fakes.chat.say: expected a function");
});

test("fakes are typed by the stubs", async () => {
  const typed = async () => {
    // @ts-expect-error: there is no such method.
    await testApp(config, { fakes: { chat: { shout: () => {} } } });
    // @ts-expect-error: it returns a string.
    await testApp(config, { fakes: { login: { getName: () => 7 } } });
    // @ts-expect-error: there is no such module.
    await testModule(config, "weather");
  };
  expect(typed).toBeTypeOf("function");
});
