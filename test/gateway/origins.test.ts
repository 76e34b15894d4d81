import { once } from "node:events";
import { expect, test } from "vitest";
import WebSocket from "ws";
import type { GatewayConfig } from "../../runtime/config/config.js";
import { ConfigError } from "../../runtime/config/config-error.js";
import { startApplication } from "./application.js";

/** What a page of some origin hears: 101 where it may connect. */
async function statusOf(
  config: Partial<GatewayConfig>,
  origin: string | undefined | ((http: string) => string),
  headers: Record<string, string> = {},
): Promise<{ status: number; refused: number }> {
  await using app = await startApplication(config);
  const own = typeof origin === "function" ? origin(app.http) : origin;
  const socket = new WebSocket(`${app.http.replace("http", "ws")}/mqtt`, "mqtt", {
    headers: { ...headers, ...(own === undefined ? {} : { Origin: own }) },
  });
  socket.on("error", () => {});
  const [status] = await Promise.race([
    once(socket, "open").then(() => [101]),
    once(socket, "unexpected-response").then(([, response]) => [response.statusCode]),
  ]);
  socket.terminate();
  return { status, refused: app.gateway.refusals.origin };
}

const origins = ["https://game.example"];

test("without a list pages of all origins may connect", async () => {
  expect(await statusOf({}, "https://evil.example")).toEqual({ status: 101, refused: 0 });
});

test("with a list its origins may, and those of the server's own pages, and clients that are no browsers", async () => {
  expect(await statusOf({ origins }, "https://game.example")).toEqual({ status: 101, refused: 0 });
  expect(await statusOf({ origins }, (http) => http)).toEqual({ status: 101, refused: 0 });
  expect(await statusOf({ origins: [] }, (http) => http)).toEqual({ status: 101, refused: 0 });
  expect(await statusOf({ origins }, undefined)).toEqual({ status: 101, refused: 0 });
});

test("a page that came from here over TLS, which a trusted proxy took off, is one of the server's own", async () => {
  const config = { origins, trustedProxies: ["127.0.0.1"] };
  const secure = (http: string) => http.replace("http", "https");
  const headers = { "X-Forwarded-Proto": "https" };
  expect(await statusOf(config, secure, headers)).toEqual({ status: 101, refused: 0 });
  expect(await statusOf({ origins }, secure, headers)).toEqual({ status: 403, refused: 1 });
});

test.each(["https://evil.example", "http://game.example", "https://game.example:444", "null", "nonsense"])(
  "a page of the origin %s is refused and counted",
  async (origin) => {
    expect(await statusOf({ origins }, origin)).toEqual({ status: 403, refused: 1 });
  },
);

test.each(["game.example", "https://game.example/", "*"])(
  "'%s' is no origin, and the config is refused",
  async (origin) => {
    await expect(startApplication({ origins: [origin] })).rejects.toThrow(ConfigError);
  },
);
