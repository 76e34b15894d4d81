import { connect, createServer, type Socket } from "node:net";
import { answer } from "../../../harness/answer.js";
import { type CallPlan, CallsInFlight } from "../../../sides/calls-in-flight.js";
import { listen } from "../../../sides/server.js";
import { createUnframe } from "./web-socket-payload.js";

// A load that costs less than any server, and is the same for all of them: it stands between a peer's own client and
// its server, keeps the bytes of the client's calls, and then sends them again and again in the client's place. An
// answer is right when it has the bytes of the recorded one. (Inside WebSocket: a frame may hold several answers.)

/** A connection that is looked at, or taken over. */
interface Wire {
  readonly client: Socket;
  readonly server: Socket;
  /** Since the recording began. */
  readonly toServer: Buffer[];
  readonly toClient: Buffer[];
}

/** A call, as it is on its connection. */
interface Recorded {
  readonly socket: Socket;
  readonly request: Buffer;
  readonly reply: Buffer;
}

const wires = new Set<Wire>();
const calls: Recorded[] = [];
const load = new CallsInFlight((slot) => callAt(slot).socket.write(callAt(slot).request));

let unframed: () => (chunk: Buffer) => Buffer = () => (chunk) => chunk;

/** Stands before the server, and returns the port for the clients. */
async function watch({ port, isWebSocket }: { port: number; isWebSocket: boolean }): Promise<number> {
  if (isWebSocket) unframed = createUnframe;
  const proxy = createServer((client) => {
    const server = connect({ port, host: "127.0.0.1", noDelay: true });
    const wire: Wire = { client, server, toServer: [], toClient: [] };
    wires.add(wire);
    client.setNoDelay(true);
    client.on("data", (chunk: Buffer) => {
      wire.toServer.push(chunk);
      server.write(chunk);
    });
    server.on("data", (chunk: Buffer) => {
      wire.toClient.push(chunk);
      client.write(chunk);
    });
    client.on("error", () => client.destroy());
    client.on("close", () => {
      if (wires.delete(wire)) server.destroy();
    });
    server.on("error", () => server.destroy());
    server.on("close", () => {
      if (wires.delete(wire)) client.destroy();
    });
  });
  return await listen(proxy);
}

function begin(): void {
  for (const wire of wires) {
    wire.toServer.length = 0;
    wire.toClient.length = 0;
  }
}

/** Keeps the call that was made since the recording began. */
function keep(): void {
  const used = [...wires].filter(({ toServer }) => toServer.length > 0);
  const [wire] = used;
  if (used.length !== 1 || wire === undefined) throw new Error(`one call, but ${used.length} connections`);
  const [request, reply] = [Buffer.concat(wire.toServer), unframed()(Buffer.concat(wire.toClient))];
  if (reply.length === 0) throw new Error("a call without an answer");
  calls.push({ socket: wire.server, request, reply });
}

/** From now on the connections are ours, and their clients may go. */
function takeOver(): void {
  const slots = new Map<Socket, number[]>();
  calls.forEach(({ socket }, slot) => {
    slots.set(socket, [...(slots.get(socket) ?? []), slot]);
  });
  for (const wire of [...wires]) {
    const own = slots.get(wire.server);
    if (own === undefined) continue;
    wires.delete(wire);
    wire.client.removeAllListeners("data").resume();
    wire.server.removeAllListeners("data");
    wire.server.on("data", takeAnswers(wire.server, own));
    wire.server.on("close", () => {
      throw new Error("the server closed a connection"); // Nothing waits for it in particular: end the process.
    });
  }
}

/** Tells the answers of a connection apart by their bytes. */
function takeAnswers(socket: Socket, slots: readonly number[]): (chunk: Buffer) => void {
  const unframe = unframed();
  let rest: Buffer = Buffer.alloc(0);
  const longest = Math.max(...slots.map((slot) => callAt(slot).reply.length));
  return (chunk) => {
    const payload = unframe(chunk);
    const bytes = rest.length === 0 ? payload : Buffer.concat([rest, payload]);
    let start = 0;
    socket.cork(); // What was answered at once is asked again at once.
    while (start < bytes.length) {
      const from = start;
      const slot = slots.find((slot) => startsWith(bytes, from, callAt(slot).reply));
      if (slot === undefined) {
        if (bytes.length - start < longest) break;
        throw new Error(
          `not an answer of the recording: ${bytes.toString("latin1", start, start + longest)}`,
        );
      }
      start += callAt(slot).reply.length;
      load.onAnswer(slot);
    }
    socket.uncork();
    rest = bytes.subarray(start);
  };
}

function startsWith(bytes: Buffer, start: number, expected: Buffer): boolean {
  const end = start + expected.length;
  return end <= bytes.length && bytes.compare(expected, 0, expected.length, start, end) === 0;
}

function callAt(slot: number): Recorded {
  const call = calls[slot];
  if (call === undefined) throw new Error(`no call was recorded for slot ${slot}`);
  return call;
}

answer({ watch, begin, keep, takeOver, run: (plan: CallPlan) => load.run(plan) });
