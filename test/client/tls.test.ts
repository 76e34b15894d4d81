import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openConnection } from "../../runtime/client/open-connection.js";
import { failureOf } from "./outcome.js";
import { ScriptedBroker } from "./scripted-broker.js";

// Made for these tests, by: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes
//   -keyout localhost.key -out localhost.crt -days 36500 -subj /CN=localhost
//   -addext "subjectAltName=DNS:localhost,IP:127.0.0.1"
const certificate = fileURLToPath(new URL("localhost.crt", import.meta.url));
const key = fileURLToPath(new URL("localhost.key", import.meta.url));

let broker: ScriptedBroker;
const fronts: tls.Server[] = [];

beforeEach(async () => {
  broker = await ScriptedBroker.start();
  broker.scripts.set("Lobby/leave", () => [0, null]);
});

afterEach(async () => {
  for (const front of fronts.splice(0)) front.close();
  await broker.stop();
});

/** Takes TLS off and passes on what is inside. */
async function front(inner: string): Promise<number> {
  const server = tls.createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
    const behind = net.connect(Number(new URL(inner).port), "127.0.0.1");
    for (const end of [socket, behind]) end.on("error", () => {}); // Clients that refuse the certificate.
    socket.pipe(behind).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  fronts.push(server);
  return (server.address() as AddressInfo).port;
}

test.each(["mqtts", "wss"] as const)("%s connects to a server that the system trusts", async (scheme) => {
  const port = await front(scheme === "wss" ? broker.ws : broker.tcp);
  const program = fileURLToPath(new URL("program.ts", import.meta.url));
  const args = ["--import", "tsx", program, `${scheme}://localhost:${port}/mqtt`];
  // Node reads this when it starts, hence a process of its own.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000, env });
  expect(stdout).toBe("closed\n");
  expect(broker.topics[0]).toMatch(/^rpc\/Lobby\/leave\//);
});

test.each(["mqtts", "wss"] as const)("%s refuses a server that nobody vouches for", async (scheme) => {
  const port = await front(scheme === "wss" ? broker.ws : broker.tcp);
  for (const host of ["127.0.0.1", "localhost"]) {
    const error = await failureOf(openConnection(`${scheme}://${host}:${port}/mqtt`));
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("self-signed") });
  }
  expect(broker.users).toEqual([]);
});
