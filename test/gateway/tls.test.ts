import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { connect as connectTcp } from "node:net";
import { type ConnectionOptions, connect, createServer, type TLSSocket } from "node:tls";
import { pathToFileURL } from "node:url";
import mqtt from "mqtt";
import { afterAll, expect, test } from "vitest";
import WebSocket from "ws";
import type { ConnectRequest } from "../../runtime/config/config.js";
import { ConfigError } from "../../runtime/config/config-error.js";
import { TlsIdentity } from "../../runtime/gateway/tls-identity.js";
import { startApplication } from "./application.js";
import { makeCertificates, readFiles, replaceFiles } from "./certificates.js";
import { eventually } from "./eventually.js";
import { connectPacket, RawClient } from "./raw-client.js";

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());
const ca = readFileSync(certificates.ca);
const pems = readFiles(certificates.server);

/** A client that has shaken hands. */
async function shakeHands(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: "127.0.0.1", ca, ...options });
  await once(socket, "secureConnect");
  return socket;
}

async function admittedBy(socket: TLSSocket): Promise<RawClient> {
  const client = new RawClient(socket);
  client.send(connectPacket());
  expect(await client.next("connack")).toMatchObject({ returnCode: 0 });
  return client;
}

test.each([
  ["bytes", pems],
  ["text", { cert: String(pems.cert), key: String(pems.key) }],
  ["paths", certificates.server],
  ["URLs", { cert: pathToFileURL(certificates.server.cert), key: pathToFileURL(certificates.server.key) }],
  ["URLs as text", { cert: pathToFileURL(certificates.server.cert).href, key: certificates.server.key }],
])("with certificates as %s both ports speak TLS", async (_what, tls) => {
  const heard: ConnectRequest[] = [];
  await using app = await startApplication({
    tls,
    authenticate(request) {
      heard.push(request);
      return "guest";
    },
  });
  expect(app.http).toMatch(/^https:/);
  using client = await admittedBy(await shakeHands(app.mqttPort));
  client.publish("rpc/Room/note/1", "[1]");
  expect(await client.json()).toEqual({ ok: 1 });
  const status = await new Promise((resolve, reject) => {
    const request = httpsRequest(`${app.http}/healthz`, { ca }, ({ statusCode }) => resolve(statusCode));
    request.on("error", reject).end();
  });
  expect(status).toBe(200);
  const web = await mqtt.connectAsync(`${app.http.replace("http", "ws")}/mqtt`, {
    ca,
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  await web.endAsync();
  expect(heard.map(({ isSecure, certificate }) => [isSecure, certificate])).toEqual([
    [true, undefined],
    [true, undefined],
  ]);
});

test("who does not speak TLS is closed and counted, and the next client is served", async () => {
  await using app = await startApplication({ tls: pems });
  using plain = new RawClient(app.mqttPort);
  plain.send(connectPacket());
  await plain.closed();
  await eventually(() => app.gateway.refusals.tls).toBe(1);
  using client = await admittedBy(await shakeHands(app.mqttPort));
  await client.settle();
  expect(app.logged.filter(({ message }) => message === "A TLS handshake failed")).toHaveLength(1);
});

test("a handshake that takes too long is ended, and the next client is served", async () => {
  await using app = await startApplication({ tls: pems, limits: { connectMs: 200 } });
  using slow = new RawClient(app.mqttPort);
  // The first bytes of a ClientHello, and no more.
  slow.write(Buffer.from([0x16, 0x03, 0x01, 0x00]));
  await slow.closed();
  await eventually(() => app.gateway.refusals.tls).toBe(1);
  using client = await admittedBy(await shakeHands(app.mqttPort));
  await client.settle();
});

test("a client's certificate reaches `authenticate` if the authority signed it", async () => {
  const names: (string | undefined)[] = [];
  await using app = await startApplication({
    tls: { ...pems, ca, requestCert: true, rejectUnauthorized: false },
    authenticate({ certificate }) {
      names.push(certificate?.subject);
      return "guest";
    },
  });
  using known = await admittedBy(await shakeHands(app.mqttPort, readFiles(certificates.client)));
  using unknown = await admittedBy(await shakeHands(app.mqttPort, readFiles(certificates.stranger)));
  using without = await admittedBy(await shakeHands(app.mqttPort));
  await Promise.all([known.settle(), unknown.settle(), without.settle()]);
  expect(names).toEqual(["CN=client", undefined, undefined]);
  const socket = new WebSocket(`${app.http.replace("http", "ws")}/mqtt`, "mqtt", {
    ca,
    ...readFiles(certificates.client),
  });
  const { createWebSocketStream } = await import("ws");
  const stream = createWebSocketStream(socket);
  stream.on("error", () => {});
  stream.write(Buffer.from([0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, 0, 0]));
  await eventually(() => names.at(-1)).toBe("CN=client");
  socket.terminate();
});

test("a client whose certificate is asked for and not good is turned away, unless the config says otherwise", async () => {
  await using app = await startApplication({ tls: { ...pems, ca, requestCert: true } });
  using stranger = new RawClient(await shakeHands(app.mqttPort, readFiles(certificates.stranger)));
  await stranger.closed();
  await eventually(() => app.gateway.refusals.tls).toBe(1);
  using client = await admittedBy(await shakeHands(app.mqttPort, readFiles(certificates.client)));
  await client.settle();
});

test.each([
  ["a file that is not there", { ...pems, key: "missing.pem" }, "`gateway.tls.key` cannot be read"],
  [
    "a key of another certificate",
    { ...pems, key: readFiles(certificates.client).key },
    "`gateway.tls` is of no use",
  ],
])("%s keeps the gateway from starting, with a word on what is wrong", async (_what, tls, message) => {
  const starting = startApplication({ tls });
  await expect(starting).rejects.toThrow(message);
  await expect(starting).rejects.toBeInstanceOf(ConfigError);
});

test("files that change are read again, and the old certificate stays where they are of no use", async () => {
  const files = { cert: `${certificates.ca}.live.crt`, key: `${certificates.ca}.live.key` };
  replaceFiles(files, certificates.server);
  const logged: string[] = [];
  const log = (fields: object | string, message?: string) => {
    logged.push(typeof fields === "string" ? fields : (message ?? ""));
  };
  const identity = new TlsIdentity(files, { debug: log, info: log, warn: log, error: log });
  const server = createServer(identity.options(5_000), (socket) => socket.end());
  await identity.present(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const shown = async () => {
    const socket = await shakeHands(port);
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  };
  expect(await shown()).toBe("server");
  await identity.look();
  expect(logged).toEqual([]);
  replaceFiles(files, certificates.renewed);
  await identity.look();
  expect(await shown()).toBe("renewed");
  writeFileSync(files.cert, "no certificate");
  await identity.look();
  expect(await shown()).toBe("renewed");
  expect(logged).toEqual([
    "The certificate was read again: its files have changed",
    "The files of the certificate have changed and are of no use: the old one stays",
  ]);
  identity.stop();
  server.close();
});

test("a proxy in front of TLS tells the client's address, in one piece with the handshake or before it", async () => {
  const addresses: string[] = [];
  await using app = await startApplication({
    tls: pems,
    trustedProxies: ["127.0.0.1"],
    proxyProtocol: ["mqtt", "http"],
    authenticate({ address, isSecure }) {
      addresses.push(`${address} ${isSecure}`);
      return "guest";
    },
  });
  for (const isTogether of [true, false]) {
    const raw = connectTcp(app.mqttPort, "127.0.0.1");
    await once(raw, "connect");
    if (isTogether) raw.cork();
    raw.write("PROXY TCP4 192.0.2.7 192.0.2.1 4711 8883\r\n");
    const socket = connect({ socket: raw, ca, host: "127.0.0.1" });
    if (isTogether) setImmediate(() => raw.uncork());
    await once(socket, "secureConnect");
    using client = await admittedBy(socket);
    await client.settle();
  }
  expect(addresses).toEqual(["192.0.2.7 true", "192.0.2.7 true"]);
});
