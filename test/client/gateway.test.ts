import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type ConnectOptions,
  connect,
  type Game,
  NameTaken,
  RpcError,
  type StateChange,
} from "../../generated/client.js";
import { lineCodec } from "../../generated/codecs/chat.js";
import { application } from "../../generated/server.js";
import type { Completion, Request } from "../../runtime/call/dispatcher.js";
import { type ClientMethod, readNothing } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { createGateway, type Gateway } from "../../runtime/gateway/gateway.js";
import { startNetwork } from "./network.js";
import { failureOf } from "./outcome.js";
import { optionsFor, type Ride, rides } from "./riding.js";
import { until } from "./scripted-broker.js";

const { routes } = application;
const chatSaid = application.modules.chat?.pushes.said;
if (chatSaid === undefined) throw new Error("The chat pushes nothing.");

/** As if the IDL marked `Chat.said` with `@replay`. The binding does not know, and subscribes with QoS 0. */
function withReplay(pushes: typeof routes.pushes): typeof routes.pushes {
  const said = pushes.get("Chat/said");
  if (said === undefined) throw new Error("the demo has no Chat.said");
  return new Map([...pushes, ["Chat/said", { ...said, push: { ...said.push, replay: true } }]]);
}

const topOfRanking: ClientMethod<[], void> = {
  route: "Ranking/top",
  timeout: 1_000,
  write: () => [],
  read: readNothing,
  failures: [],
};

// The generated client against the real gateway, behind which handlers of these tests stand.

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
    routes: { ...routes, pushes: withReplay(routes.pushes) },
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
      if (result !== undefined) completion.succeed(result, false);
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

function address(on: Ride, port?: number): string {
  const url = new URL(on === "ws" ? `${addresses.http}/mqtt` : addresses.mqtt);
  if (port !== undefined) url.port = String(port);
  return url.href;
}

describe.each(rides)("over %s", (on) => {
  const options = (wanted: ConnectOptions<Game> = {}) => optionsFor(on, wanted);

  test("results and declared failures come back as they were", async () => {
    game = await connect(address(on), options());
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
    game = await connect(address(on), options());
    expect((await failureOf(game.chat.say("lobby", "hi"))).code).toBe("unauthenticated");
    expect((await failureOf(connect(address(on), options({ username: "Nobody" })))).code).toBe(
      "unauthenticated",
    );
    expect(requests).toEqual([]);
  });

  test("calls are dispatched in the order in which they were made", async () => {
    game = await connect(address(on), options({ username: "ann" }));
    handlers.say = () => null;
    const texts = Array.from({ length: 200 }, (_, i) => `line ${i}`);
    await Promise.all(texts.map((text) => game.chat.say("lobby", text)));
    expect(requests.map(({ args }) => args[1])).toEqual(texts);
  });

  test("a push made because of a call arrives where one listened before the call", async () => {
    game = await connect(address(on), options({ username: "ann" }));
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
    game = await connect(address(on), options({ username: "ann" }));
    expect((await failureOf(game.chat.join("lobby", { timeout: 20 }))).code).toBe("deadline-exceeded");
    await until(() => cancelled === 1);
  });

  test("a session that the server closes is over", async () => {
    game = await connect(address(on), options({ username: "ann" }));
    handlers.say = ({ session }) => void session?.close();
    const reason = new Promise((resolve) => game.on("closed", (change) => resolve(change.reason)));
    await game.chat.say("lobby", "bye").catch(() => {}); // The answer may come before the end or not.
    expect(await reason).toMatchObject({ code: "aborted" });
    expect(game.state).toBe("closed");
  });

  test("a session outlives its connection: user, subscriptions, and calls made meanwhile", async () => {
    const network = await startNetwork(Number(new URL(address(on)).port));
    game = await connect(address(on, network.port), options({ username: "ann" }));
    const heard: unknown[] = [];
    const changes: StateChange[] = [];
    game.chat.said.on((line) => heard.push(line));
    game.on("state", (change) => changes.push(change));
    handlers.say = () => null;
    await game.chat.say("lobby", "before");
    const line = { room: "lobby", from: "Bob", text: "hi", at: new Date(0) };
    for (const breakIt of [network.cut, network.cut]) {
      changes.length = 0;
      breakIt();
      await until(() => game.state === "waiting");
      await game.chat.say("lobby", "after");
      expect(changes.at(-1)).toEqual({ state: "connected", resumed: true });
    }
    gateway.push(chatSaid, { kind: "user", id: "ann" }, line);
    await until(() => heard.length === 1);
    expect(new Set(requests.map(({ session }) => session?.id)).size).toBe(1);
    await network.close();
  });

  test("pushes marked @replay that the network swallowed come after a resumption, in order and once", async () => {
    const network = await startNetwork(Number(new URL(address(on)).port));
    const connection = await openConnection(
      address(on, network.port),
      optionsFor(on, { username: "ann", keepAlive: 1 }),
    );
    const heard: string[] = [];
    connection
      .subscription({ route: "Chat/said", replay: true, read: lineCodec.read })
      .on(({ text }) => heard.push(text));
    await connection.call(topOfRanking, [], undefined).catch(() => {}); // By then the server knows the subscription.
    const push = (text: string) => {
      const line = { room: "lobby", from: "Bob", text, at: new Date(0) };
      gateway.push(chatSaid, { kind: "user", id: "ann" }, line);
    };
    push("1");
    await until(() => heard.length === 1);
    network.freeze();
    push("2");
    push("3");
    await until(() => connection.state !== "connected");
    push("4");
    await until(() => heard.length === 4);
    push("5");
    await until(() => heard.length === 5);
    expect(heard).toEqual(["1", "2", "3", "4", "5"]);
    await connection.close();
    game = await connect(address(on), options());
    await network.close();
  });

  test("a network that swallows everything is found within the keep-alive, and left", async () => {
    const network = await startNetwork(Number(new URL(address(on)).port));
    game = await connect(address(on, network.port), options({ username: "ann", keepAlive: 1 }));
    handlers.say = () => null;
    await game.chat.say("lobby", "before");
    network.freeze();
    const resumed = new Promise((resolve) => game.on("connected", (change) => resolve(change.resumed)));
    expect(await resumed).toBe(true);
    await game.chat.say("lobby", "after");
    await network.close();
  });
});
