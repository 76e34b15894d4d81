import { expect, test } from "vitest";
import type { Admission, ConnectRequest } from "../../runtime/config/config.js";
import { startApplication } from "./application.js";
import { eventually } from "./eventually.js";
import { admitted, connectPacket, RawClient } from "./raw-client.js";

type Fields = Parameters<typeof connectPacket>[0];

async function returnCode(port: number, fields: Fields = {}): Promise<unknown> {
  using client = new RawClient(port);
  client.send(connectPacket(fields));
  const { returnCode } = await client.next("connack");
  if (returnCode !== 0) await client.closed();
  return returnCode;
}

/** A function that decides when the test says so. */
function createDesk() {
  const asked: {
    readonly request: ConnectRequest;
    readonly signal: AbortSignal;
    answer(a: Admission): void;
  }[] = [];
  return {
    asked,
    authenticate: (request: ConnectRequest, { signal }: { signal: AbortSignal }) =>
      new Promise<Admission>((answer) => {
        asked.push({ request, signal, answer });
      }),
  };
}

test("a password that is no UTF-8 comes as bytes too", async () => {
  const heard: ConnectRequest[] = [];
  await using app = await startApplication({
    authenticate(request) {
      heard.push(request);
      return "guest";
    },
  });
  const password = Buffer.from([0xff, 0x00, 0x80]);
  using _client = await admitted(app.mqttPort, { username: "Ann", password });
  using _other = await admitted(app.mqttPort);
  expect(Buffer.from(heard[0]?.passwordBytes ?? [])).toEqual(password);
  expect(heard[1]).toEqual({
    clientId: "raw",
    username: undefined,
    password: undefined,
    passwordBytes: undefined,
    address: "127.0.0.1",
    isSecure: false,
    origin: undefined,
    certificate: undefined,
  });
});

test("so many are decided on at a time; others wait their turn, and those beyond the line get return code 3", async () => {
  const desk = createDesk();
  await using app = await startApplication({
    authenticate: desk.authenticate,
    limits: { authenticating: 2, authenticationQueue: 2 },
  });
  const clients: RawClient[] = [];
  for (const clientId of ["a", "b", "c", "d"]) {
    const client = new RawClient(app.mqttPort);
    client.send(connectPacket({ clientId }));
    clients.push(client);
    const { length } = clients;
    await eventually(() => {
      const { authenticating, authenticationQueue } = app.gateway.look();
      return authenticating + authenticationQueue;
    }).toBe(length);
  }
  expect(app.gateway.look()).toMatchObject({ authenticating: 2, authenticationQueue: 2, sessions: 2 });
  expect(await returnCode(app.mqttPort)).toBe(3);
  expect(app.gateway.refusals["authentication-queue"]).toBe(1);
  for (const [i, name] of ["a", "b", "c", "d"].entries()) {
    await eventually(() => desk.asked.length).toBeGreaterThan(i);
    expect(desk.asked[i]?.request.clientId).toBe(name);
    desk.asked[i]?.answer("guest");
    expect(await clients[i]?.next("connack")).toMatchObject({ returnCode: 0 });
  }
  expect(app.gateway.look()).toMatchObject({ authenticating: 0, authenticationQueue: 0, sessions: 4 });
  for (const client of clients) client[Symbol.dispose]();
});

test("one that takes too long is refused, hears of it by its signal, and keeps nobody out", async () => {
  const desk = createDesk();
  await using app = await startApplication({
    authenticate: desk.authenticate,
    limits: { authenticating: 1, authenticationMs: 200 },
  });
  using waiting = new RawClient(app.mqttPort);
  const first = returnCode(app.mqttPort);
  await eventually(() => desk.asked.length).toBe(1);
  waiting.send(connectPacket());
  expect(desk.asked[0]?.signal.aborted).toBe(false);
  expect(await first).toBe(3);
  expect(desk.asked[0]?.signal.aborted).toBe(true);
  // The time in the line counts: this one waited for nothing.
  expect(await waiting.next("connack")).toMatchObject({ returnCode: 3 });
  expect(app.gateway.refusals["authentication-time"]).toBe(2);
  const next = returnCode(app.mqttPort);
  await eventually(() => desk.asked.at(-1)?.signal.aborted).toBe(false);
  desk.asked.at(-1)?.answer("guest");
  expect(await next).toBe(0);
});

test("nobody is asked about a client that went away while it waited", async () => {
  const desk = createDesk();
  await using app = await startApplication({
    authenticate: desk.authenticate,
    limits: { authenticating: 1 },
  });
  const connecting = returnCode(app.mqttPort, { clientId: "first" });
  await eventually(() => desk.asked.length).toBe(1);
  const impatient = new RawClient(app.mqttPort);
  impatient.send(connectPacket({ clientId: "impatient" }));
  await eventually(() => app.gateway.look().authenticationQueue).toBe(1);
  impatient[Symbol.dispose]();
  await eventually(() => app.gateway.look().connections).toBe(1);
  const last = returnCode(app.mqttPort, { clientId: "last" });
  await eventually(() => app.gateway.look().authenticationQueue).toBe(2);
  desk.asked[0]?.answer("guest");
  expect(await connecting).toBe(0);
  await eventually(() => desk.asked.length).toBe(2);
  expect(desk.asked[1]?.request.clientId).toBe("last");
  desk.asked[1]?.answer("guest");
  expect(await last).toBe(0);
});

test.each([
  ["and no function decides", undefined],
  ["and the function says guest", () => "guest" as const],
])("where guests are not allowed %s, return code 5 says so", async (_what, authenticate) => {
  await using app = await startApplication({ guests: false, ...(authenticate && { authenticate }) });
  expect(await returnCode(app.mqttPort)).toBe(5);
  expect(app.gateway.refusals.guest).toBe(1);
  await eventually(() => app.gateway.look().sessions).toBe(0);
});

test("where guests are not allowed a user may enter, also one whom a module has bound", async () => {
  await using app = await startApplication({
    guests: false,
    async authenticate({ username }, { session }) {
      if (username === "Ann") return { userId: "u-1" };
      await session.bind("u-2");
      return "guest";
    },
  });
  expect(await returnCode(app.mqttPort, { username: "Ann" })).toBe(0);
  expect(await returnCode(app.mqttPort, { username: "Bob" })).toBe(0);
});

test.each([
  ["refuses with it", (password: string) => ({ refuse: `${password} is wrong` })],
  [
    "throws it",
    (password: string) => {
      throw new Error(`no such token: ${password}`);
    },
  ],
])("a password does not come into the log, even where the function %s", async (_what, decide) => {
  await using app = await startApplication({ authenticate: ({ password = "" }) => decide(password) });
  const password = Buffer.from("hunter2.secret");
  expect(await returnCode(app.mqttPort, { username: "Ann", password })).toBe(5);
  expect(await returnCode(app.mqttPort, { username: "Ann", password })).toBe(5);
  const lines = app.logged.filter(({ level }) => level !== "debug");
  // Once for this address, however often it tries.
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).toContain("[password]");
  expect(JSON.stringify(app.logged)).not.toContain("hunter2");
  expect(app.gateway.refusals.authentication).toBe(2);
});

test("of a storm of clients, more than are decided on at a time, each comes in or hears that it may come again", async () => {
  await using app = await startApplication({
    limits: { authenticating: 4, authenticationQueue: 100 },
    authenticate: async () => {
      await new Promise(setImmediate);
      return "guest" as const;
    },
  });
  const codes = await Promise.all(Array.from({ length: 300 }, () => returnCode(app.mqttPort)));
  expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(104);
  expect(codes.filter((code) => code !== 0 && code !== 3)).toEqual([]);
  expect(codes.filter((code) => code === 3)).toHaveLength(app.gateway.refusals["authentication-queue"]);
});
