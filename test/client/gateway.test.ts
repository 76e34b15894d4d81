import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type Game, NameTaken, RpcError } from "../../generated/client.js";
import { chatSaid } from "../../generated/contracts/chat.js";
import { routes } from "../../generated/routes.js";
import type { Completion, Request } from "../../runtime/call/dispatcher.js";
import { createGateway, type Gateway } from "../../runtime/gateway/gateway.js";
import { failureOf } from "./outcome.js";
import { until } from "./scripted-broker.js";

// The generated client against the real gateway, behind which handlers of these tests stand.

const transports = ["mqtt", "http"] as const; // `http:` means MQTT over WebSocket.

let gateway: Gateway;
let addresses: Awaited<ReturnType<Gateway["listen"]>>;
let game: Game;
let requests: Request[];
let cancelled: number;
/** By the method's name; what it throws is the call's failure, and undefined means no answer yet. */
let handlers: { [method: string]: (request: Request) => unknown };

beforeEach(async () => {
  requests = [];
  cancelled = 0;
  handlers = {};
  gateway = createGateway({
    config: {
      mqtt: 0,
      http: 0,
      authenticate: ({ username }) =>
        username === "Nobody"
          ? { refuse: "nobody" }
          : username === undefined
            ? "guest"
            : { userId: username },
    },
    routes,
    dispatcher: { dispatch },
    log: pino({ enabled: false }),
    rpc: undefined,
    onSessionEnd: () => {},
  });
  addresses = await gateway.listen();
});

afterEach(async () => {
  await game.close();
  await gateway.close();
});

function dispatch(request: Request, completion: Completion) {
  requests.push(request);
  queueMicrotask(() => {
    try {
      const result = handlers[request.method.name]?.(request);
      if (result !== undefined) completion.succeed(result);
    } catch (error) {
      completion.fail(error instanceof RpcError ? error : new RpcError("internal", "a bug"));
    }
  });
  return {
    cancel() {
      cancelled++;
      completion.fail(new RpcError("cancelled", "the client gave it up"));
    },
  };
}

function address(transport: "mqtt" | "http"): string {
  return transport === "mqtt" ? addresses.mqtt : `${addresses.http}/mqtt`;
}

describe.each(transports)("over %s", (transport) => {
  test("results and declared failures come back as they were", async () => {
    game = await connect(address(transport));
    handlers.enter = ({ args: [name] }) => {
      if (name === "Bob") throw new NameTaken({ taken: "Bob" });
      return { userId: "1", name, hue: 120 };
    };
    expect(await game.login.enter("Ann")).toEqual({ userId: "1", name: "Ann", hue: 120 });
    const error = await failureOf(game.login.enter("Bob"));
    expect(error).toBeInstanceOf(NameTaken);
    expect(error).toMatchObject({ taken: "Bob" });
  });

  test("who may do what is the gateway's to say", async () => {
    game = await connect(address(transport));
    expect((await failureOf(game.chat.say("lobby", "hi"))).code).toBe("unauthenticated");
    expect((await failureOf(connect(address(transport), { username: "Nobody" }))).code).toBe(
      "unauthenticated",
    );
    expect(requests).toEqual([]);
  });

  test("calls are dispatched in the order in which they were made", async () => {
    game = await connect(address(transport), { username: "ann" });
    handlers.say = () => null;
    const texts = Array.from({ length: 200 }, (_, i) => `line ${i}`);
    await Promise.all(texts.map((text) => game.chat.say("lobby", text)));
    expect(requests.map(({ args }) => args[1])).toEqual(texts);
  });

  test("a push made because of a call arrives where one listened before the call", async () => {
    game = await connect(address(transport), { username: "ann" });
    const line = { room: "lobby", from: "Ann", text: "hi", at: new Date(0) };
    handlers.say = () => {
      gateway.push(chatSaid, { kind: "user", id: "ann" }, line);
      return null;
    };
    const heard: unknown[] = [];
    game.chat.said.on((line) => heard.push(line));
    await game.chat.say("lobby", "hi");
    await until(() => heard.length === 1);
    expect(heard).toEqual([line]);
  });

  test("a call that is given up is cancelled", async () => {
    game = await connect(address(transport), { username: "ann" });
    expect((await failureOf(game.chat.join("lobby", { timeout: 20 }))).code).toBe("deadline-exceeded");
    await until(() => cancelled === 1);
  });

  test("a session that the server closes comes back, and with it its subscriptions", async () => {
    game = await connect(address(transport), { username: "ann" });
    const heard: unknown[] = [];
    game.chat.said.on((line) => heard.push(line));
    handlers.say = ({ session, args: [, text] }) => {
      if (text === "bye") void session?.close();
      return null;
    };
    const bye = await game.chat.say("lobby", "bye").catch((error: RpcError) => error.code);
    expect([undefined, "unavailable"]).toContain(bye); // The answer may come before the end or not.
    await until(() => game.state === "waiting");
    await game.chat.say("lobby", "hi again");
    expect(requests.map(({ session }) => session?.id)[0]).not.toBe(requests[1]?.session?.id);
    gateway.push(chatSaid, { kind: "all" }, { room: "lobby", from: "Bob", text: "hi", at: new Date(0) });
    await until(() => heard.length === 1);
  });
});
