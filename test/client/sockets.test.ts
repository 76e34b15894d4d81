import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { OpenSocket, Socket } from "../../runtime/client/socket.js";
import { openSocket as openInBrowser } from "../../runtime/client/socket-browser.js";
import { openSocket as openInNode } from "../../runtime/client/socket-node.js";
import { until } from "./scripted-broker.js";

const platforms: [string, OpenSocket][] = [
  ["Node", openInNode],
  ["a browser", openInBrowser],
];

/**
 * Node 20 has no WebSocket of its own. That of `ws` has the interface of the browsers; the tests of the demo's
 * page drive the same code in a real one.
 */
class BrowserWebSocket extends WebSocket {
  constructor(url: URL, protocol: string) {
    super(url, protocol);
    this.on("error", () => {}); // Unlike a browser, Node ends a program where nobody listens to errors.
  }
}

beforeAll(() => void vi.stubGlobal("WebSocket", BrowserWebSocket));
afterAll(() => void vi.unstubAllGlobals());

describe.each(platforms)("a WebSocket in %s", (_platform, openSocket) => {
  let server: WebSocketServer;
  let url: URL;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    url = new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`);
  });

  afterEach(async () => {
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, "close");
  });

  /** A socket, what it reports, and what the server has of it. */
  async function open(): Promise<[Socket, unknown[], WebSocket]> {
    const accepted = once(server, "connection");
    const events: unknown[] = [];
    const socket = openSocket(url, {
      onOpen: () => events.push("open"),
      onBytes: (bytes) => events.push(bytes),
      onClose: (error) => events.push(error instanceof Error ? "closed with an error" : "closed"),
    });
    const [client] = await accepted;
    await until(() => events.length === 1);
    return [socket, events, client];
  }

  test("speaks the subprotocol of MQTT and carries bytes both ways", async () => {
    const [socket, events, client] = await open();
    expect(client.protocol).toBe("mqtt");
    const heard: unknown[] = [];
    client.on("message", (data) => heard.push(data));
    socket.write(Uint8Array.of(1, 2, 3));
    client.send(Uint8Array.of(4, 5));
    await until(() => heard.length === 1 && events.length === 2);
    expect(heard).toEqual([Buffer.of(1, 2, 3)]);
    expect(events).toEqual(["open", Uint8Array.of(4, 5)]);
    expect(Object.getPrototypeOf(events[1])).toBe(Uint8Array.prototype);
    expect(socket.buffered).toBe(0);
  });

  test("knows how much waits to be sent", async () => {
    const [socket, , client] = await open();
    client.pause();
    while (socket.buffered < 10_000) socket.write(new Uint8Array(1_000_000));
    client.resume();
    await until(() => socket.buffered === 0);
  });

  test("sends what was written before it ends", async () => {
    const [socket, events, client] = await open();
    let heard = 0;
    client.on("message", () => heard++);
    for (let i = 0; i < 100; i++) socket.write(new Uint8Array(1000));
    socket.end();
    await until(() => events.length === 2);
    expect(heard).toBe(100);
  });

  test("says once that it is gone, whoever closed it", async () => {
    const [first, ofFirst, client] = await open();
    client.close(1001, "the server stops");
    await until(() => ofFirst.length === 2);
    first.end();
    first.destroy();
    const [second, ofSecond] = await open();
    second.destroy();
    second.destroy();
    await until(() => ofSecond.length === 2);
    for (const events of [ofFirst, ofSecond]) {
      expect(events).toEqual(["open", expect.stringMatching(/^closed/)]);
    }
  });

  test("leaves a server that sends text", async () => {
    const [, events, client] = await open();
    client.send("MQTT is binary");
    await until(() => events.length === 2);
    expect(events[1]).toMatch(/^closed/);
  });

  test("says that nobody answers", async () => {
    server.close();
    await once(server, "close");
    const events: unknown[] = [];
    openSocket(url, {
      onOpen: () => events.push("open"),
      onBytes: () => {},
      onClose: (error) => events.push(error),
    });
    await until(() => events.length === 1);
    expect(events[0]).toBeInstanceOf(Error);
    server = new WebSocketServer({ port: 0 });
  });
});

test("a browser has no other sockets", () => {
  const events = { onOpen: () => {}, onBytes: () => {}, onClose: () => {} };
  expect(() => openInBrowser(new URL("mqtt://127.0.0.1:1"), events)).toThrow("ws: and wss: only");
});
