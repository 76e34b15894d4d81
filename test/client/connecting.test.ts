import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSocket } from "#socket";
import type { ConnectOptions } from "../../runtime/client/connect-options.js";
import type { Connection } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import { openSlimMqtt } from "../../runtime/client/slim-mqtt.js";
import type { RpcError } from "../../runtime/error/rpc-error.js";
import { failureOf } from "./outcome.js";
import { type RawServer, startRawServer } from "./raw-server.js";
import { ride, rides } from "./riding.js";
import { ScriptedBroker, until } from "./scripted-broker.js";

describe.each(rides)("over %s", (on) => {
  let broker: ScriptedBroker;

  beforeEach(async () => {
    broker = await ScriptedBroker.start();
  });

  afterEach(() => broker.stop());

  test("it resolves when the server has accepted the connection", async () => {
    const connection = await ride(on, broker);
    expect(connection.state).toBe("connected");
    await connection.close();
  });

  test("user name and password reach the server", async () => {
    const users: ConnectOptions<Connection>[] = [
      {},
      { username: "Ann" },
      { username: "Änn", password: "pässword" },
      { password: "secret" },
      { token: "token" },
      { username: "Ann", token: "token" },
    ];
    for (const user of users) {
      const connection = await ride(on, broker, user);
      await connection.close();
    }
    expect(broker.users).toEqual([
      [undefined, undefined],
      ["Ann", undefined],
      ["Änn", "pässword"],
      ["", "secret"],
      ["", "token"],
      ["Ann", "token"],
    ]);
  });

  test.each([
    [2, "unavailable", "the server refused the client id"],
    [3, "resource-exhausted", "the server is full"],
    [4, "unauthenticated", "wrong user name or password"],
    [5, "unauthenticated", "not authorized"],
  ] as const)("return code %i rejects with %s", async (returnCode, code, reason) => {
    broker.returnCode = returnCode;
    const error = await failureOf(ride(on, broker));
    expect(error.code).toBe(code);
    if (on === "mqtt.js") return; // It has words of its own.
    expect(error.message).toBe(`cannot connect to ${new URL(broker[on]).host}: ${reason}`);
  });

  test("a server that is not there rejects with the reason, at once and for good", async () => {
    await broker.vanish();
    const error = await failureOf(ride(on, broker));
    expect(error.code).toBe("unavailable");
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toBeInstanceOf(Error);
    await broker.listen();
    const connection = await ride(on, broker);
    expect(broker.users).toHaveLength(1);
    await connection.close();
  });
});

describe("a server that speaks something else", () => {
  test.each([
    ["not MQTT", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["a message before the CONNACK", Buffer.from("3003000174", "hex")],
    ["a malformed CONNACK", Buffer.from("2003000000", "hex")],
    ["a CONNACK and then a malformed packet in one go", Buffer.from("2002000090020001", "hex")],
  ])("is left: %s", async (_what, answer) => {
    for (const transport of ["tcp", "ws"] as const) {
      const server = await startRawServer(transport, (_packet, connection) => connection.send(answer));
      const outcome = openConnection(server.url).then(
        async (connection) => {
          await until(() => connection.state === "waiting");
          await connection.close();
        },
        (error: RpcError) => {
          expect(error.code).toBe("unavailable");
          expect(error.message).toMatch(/the server does not speak MQTT 3\.1\.1: a /);
        },
      );
      await outcome;
      await until(() => server.connections[0]?.ended === true);
      await server.stop();
    }
  });

  test.each([
    [1, "the server does not take MQTT 3.1.1"],
    [6, "the server refused it"],
  ])("return code %i rejects with unavailable", async (code, reason) => {
    const server = await startRawServer("tcp", (_packet, connection) => {
      connection.send(Uint8Array.of(0x20, 2, 0, code));
    });
    const error = await failureOf(openConnection(server.url));
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining(reason) });
    await server.stop();
  });

  test("HTTP without a WebSocket rejects", async () => {
    const page = http.createServer((_request, response) => response.writeHead(404).end());
    page.listen(0, "127.0.0.1");
    await once(page, "listening");
    const { port } = page.address() as AddressInfo;
    const error = await failureOf(openConnection(`ws://127.0.0.1:${port}/mqtt`));
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("404") });
    page.close();
    await once(page, "close");
  });

  test("a server that hangs up before the CONNACK rejects", async () => {
    const server: RawServer = await startRawServer("tcp", () => void server.stop());
    const error = await failureOf(openConnection(server.url));
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("cannot connect") });
  });

  test.each(["tcp", "ws"] as const)("one that says nothing over %s is given up", async (transport) => {
    const server = await startRawServer(transport, () => {});
    const error = await new Promise<RpcError>((resolve, reject) => {
      openSlimMqtt(
        {
          connect: {
            url: new URL(server.url),
            username: undefined,
            password: undefined,
            clientId: "",
            clean: true,
            keepAlive: 20,
          },
          openSocket,
          handshakeMs: 100,
        },
        {
          onOpen: () => reject(new Error("it opened")),
          onMessage: () => {},
          onSubscriptionRefused: () => {},
          onLost: resolve,
        },
      );
    });
    expect(error).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("no answer within 100 ms"),
    });
    await until(() => server.connections.every(({ ended }) => ended));
    await server.stop();
  });
});

describe("addresses and options", () => {
  test.each([
    ["no address", "expected a URL"],
    ["", "expected a URL"],
    ["ftp://127.0.0.1", "expected mqtt:, mqtts:, ws: or wss:, got ftp:"],
    ["mqtt://ann:secret@127.0.0.1", "expected user name and password in the options"],
  ])("%j is refused", async (url, message) => {
    const error = await failureOf(openConnection(url));
    expect(error.code).toBe("invalid-argument");
    expect(error.message).toContain(message);
  });

  test.each([0, -1, 70_000, Number.NaN])("a keep-alive of %d seconds is refused", async (keepAlive) => {
    const error = await failureOf(openConnection("mqtt://127.0.0.1:1", { keepAlive }));
    expect(error).toMatchObject({ code: "invalid-argument", message: expect.stringContaining("keepAlive") });
  });

  test("a token and a password at once are refused", async () => {
    const error = await failureOf(openConnection("mqtt://127.0.0.1:1", { token: "a", password: "b" }));
    expect(error.code).toBe("invalid-argument");
  });

  test("a user name that MQTT cannot carry is refused", async () => {
    const error = await failureOf(openConnection("mqtt://127.0.0.1:1", { username: "x".repeat(70_000) }));
    expect(error.code).toBe("invalid-argument");
  });

  test("http: means ws:, so that a page connects to where it came from", async () => {
    const broker = await ScriptedBroker.start();
    const connection = await openConnection(broker.ws.replace("ws:", "http:"));
    expect(connection.state).toBe("connected");
    await connection.close();
    await broker.stop();
  });

  test("an address of version 6 works", async () => {
    const server = http.createServer();
    server.listen(0, "::1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    // This one speaks HTTP: to be told so, one has to have reached it.
    const error = await failureOf(openConnection(`mqtt://[::1]:${port}`));
    expect(error.message).toContain("the server does not speak MQTT 3.1.1");
    server.close();
  });
});
