import { createServer } from "node:http";
import { type Messages, Room, Server, validate } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { answer } from "../../../harness/answer.js";
import { cpuMeter } from "../../../sides/server.js";
import { profileSchema } from "../../harness/profile-schema.js";

/** A room without a state, and so without patches of it. */
class BenchRoom extends Room {
  override patchRate = null;
  override messages: Messages<this> = {
    echo: validate(profileSchema, (_client, profile) => profile),
  };
}

// It would write every refusal to the console.
const quiet = { debug() {}, error() {}, info() {}, trace() {}, warn() {} };

const http = createServer();
// Nor does it look for signs of life between the calls: they would be in the way of a recording.
const transport = new WebSocketTransport({ server: http, pingInterval: 0 });
const server = new Server({ transport, greet: false, logger: quiet });
server.define("bench", BenchRoom);

async function listen(): Promise<string> {
  await server.listen(0, "127.0.0.1");
  const address = http.address();
  if (typeof address !== "object" || address === null)
    throw new Error("the server does not listen on a port");
  return `http://127.0.0.1:${address.port}`;
}

answer({ listen, ...cpuMeter });
