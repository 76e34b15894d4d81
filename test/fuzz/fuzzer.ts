import { connect, type Socket } from "node:net";
import { generate, parser } from "mqtt-packet";
import { spoil } from "./mutate.js";
import { cut, ping, publish } from "./packets.js";
import { Random } from "./random.js";

/** What to do to a server. */
export interface Order {
  readonly port: number;
  readonly seed: number;
  /** Stops once so many were sent. */
  readonly packets: number;
  /** What real clients sent, each in one connection. */
  readonly recorded: readonly Uint8Array[];
  /** Sessions that broke something once, sent first and as they are. */
  readonly corpus: readonly Uint8Array[];
}

/** What has been done so far. */
export interface Progress {
  readonly packets: number;
  readonly sessions: number;
  /** Sessions that the server ended. */
  readonly thrownOut: number;
  /** Sessions that were answered with `internal`, or were the last before the server was gone, in hexadecimal digits. */
  readonly faults: readonly string[];
  readonly isDone: boolean;
}

const lanes = 12;
/** Milliseconds for a session that still waits for something, such as the rest of what it announced. */
const patience = 150;
const faultInMessagePack = Buffer.from("\x01\xa8internal", "latin1");
const faultInJson = Buffer.from('"code":"internal"');

const faults: string[] = [];
/** The last sessions, among which is the one that ended the server, if any did. */
const latest: Buffer[] = [];
let isServerGone = false;
let packets = 0;
let sessions = 0;
let thrownOut = 0;
let next = 0;

process.once("message", (order: Order) => void run(order));
process.on("disconnect", () => process.exit());

async function run(order: Order): Promise<void> {
  const timer = setInterval(() => report(false), 200);
  for (const bytes of order.corpus) await play(order, [Buffer.from(bytes)], new Random(0));
  const recorded = order.recorded.map((bytes) => cut(Buffer.from(bytes)));
  await Promise.all(Array.from({ length: lanes }, () => runLane(order, recorded)));
  clearInterval(timer);
  report(true);
}

function report(isDone: boolean): void {
  const progress: Progress = { packets, sessions, thrownOut, faults: faults.slice(0, lanes * 2), isDone };
  process.send?.(progress);
}

async function runLane(order: Order, recorded: readonly (readonly Buffer[])[]): Promise<void> {
  while (packets < order.packets && !isServerGone) {
    // Each session is its own, whatever the others do, so that one number tells which it was.
    const random = new Random(order.seed + next++ * 7_919);
    const session = [...random.pick(recorded)];
    // A secret opens once, so that none of the recorded ones does.
    const isReturn = session[0]?.includes("antwire-resume") === true || random.once(8);
    const hello = isReturn ? await prepareReturn(order) : undefined;
    if (hello !== undefined) session[0] = hello;
    // What comes behind a DISCONNECT is not looked at.
    if (session.at(-1)?.[0] === 0xe0 && !random.once(8)) session.pop();
    await play(order, spoil(random, session, recorded), random);
  }
}

/** Sends one session, in pieces that know nothing of packets, and waits until the server has seen all of it. */
function play({ port }: Order, sent: readonly Buffer[], random: Random): Promise<void> {
  packets += sent.length + 1;
  sessions++;
  const bytes = Buffer.concat([...sent, ping]);
  if (!isServerGone && latest.push(bytes) > lanes * 2) latest.shift();
  return new Promise((resolve) => {
    const socket = open(port, random.integer(8));
    let heard: Buffer = Buffer.alloc(0);
    let hasEnded = false;
    const end = () => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      if (random.once(2)) socket.resetAndDestroy();
      else socket.destroy();
      if (heard.includes(faultInMessagePack) || heard.includes(faultInJson))
        faults.push(bytes.toString("hex"));
      resolve();
    };
    const timer = setTimeout(end, patience);
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") giveUp();
    });
    socket.on("close", () => {
      if (!hasEnded) thrownOut++;
      end();
    });
    socket.on("data", (chunk) => {
      heard = Buffer.concat([heard.subarray(-65_536), chunk]);
      // The answer to the PINGREQ behind everything.
      if (chunk.length >= 2 && chunk.at(-2) === 0xd0 && chunk.at(-1) === 0) end();
    });
    write(socket, bytes, random);
  });
}

function giveUp(): void {
  if (isServerGone) return;
  isServerGone = true;
  faults.push(...latest.map((bytes) => bytes.toString("hex")));
}

function write(socket: Socket, bytes: Buffer, random: Random): void {
  if (random.once(2)) {
    socket.write(bytes);
    return;
  }
  let at = 0;
  const writePiece = () => {
    if (socket.destroyed || at >= bytes.length) return;
    const piece = bytes.subarray(at, at + 1 + random.integer(bytes.length));
    at += piece.length;
    socket.write(piece, () => setImmediate(writePiece));
  };
  writePiece();
}

/** Opens a session, loses it, and returns the CONNECT that resumes it; undefined where that failed. */
function prepareReturn({ port }: Order): Promise<Buffer | undefined> {
  const connectPacket = { cmd: "connect", protocolId: "MQTT", protocolVersion: 4, keepalive: 0 } as const;
  return new Promise((resolve) => {
    const socket = open(port, 0);
    const stream = parser();
    socket.on("error", () => {});
    socket.on("close", () => resolve(undefined));
    socket.on("data", (bytes) => stream.parse(bytes));
    stream.on("packet", (packet) => {
      if (packet.cmd !== "publish" || packet.topic !== "re/t") return;
      const { ok } = JSON.parse(packet.payload.toString()) as { ok: { session: string; secret: string } };
      const password = Buffer.from(`${ok.session}:${ok.secret}`);
      resolve(
        generate({ ...connectPacket, clientId: "b", clean: false, username: "antwire-resume", password }),
      );
      socket.destroy();
    });
    const filters = [{ topic: "on/#", qos: 1 as const }];
    socket.write(
      Buffer.concat([
        generate({ ...connectPacket, clientId: "a", clean: true }),
        generate({ cmd: "subscribe", messageId: 1, subscriptions: filters }),
        publish("rpc/Play/enter/e", '["Back"]'),
        publish("rpc/Antwire/session/t", ""),
      ]),
    );
  });
}

function open(port: number, address: number): Socket {
  // Addresses take turns: one has too few ports where many connections have just closed. Only Linux has several.
  const localAddress = process.platform === "linux" ? `127.0.0.${2 + address}` : "127.0.0.1";
  return connect({ port, host: "127.0.0.1", localAddress, noDelay: true });
}
