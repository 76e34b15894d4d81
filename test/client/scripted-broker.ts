import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo, type Socket } from "node:net";
import { Aedes, type Client } from "aedes";
import { vi } from "vitest";
import { createWebSocketStream, WebSocketServer } from "ws";
import { pack } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";

/** What a test lets the server do with a call: the reply as it travels, or undefined for none. */
export type Script = (args: readonly string[], client: Client) => unknown;

/** What a client published. */
export interface Heard {
  readonly topic: string;
  readonly payload: Buffer;
}

/** An aedes broker that answers calls as the test says: the real MQTT, without the real gateway. */
export class ScriptedBroker {
  /** By `<Module>/<method>`. */
  readonly scripts = new Map<string, Script>();
  /** What clients published, but for the wish for a ticket, which comes with every connection. */
  readonly heard: Heard[] = [];
  /** User name and password of each CONNECT. */
  readonly users: (readonly [string | undefined, string | undefined])[] = [];
  /** What clients subscribed to, but for the push of the session's end, which comes with every connection. */
  readonly subscribed: string[] = [];
  readonly unsubscribed: string[] = [];
  /** The return code for those who connect. */
  returnCode: 0 | 1 | 2 | 3 | 4 | 5 = 0;
  /** Topics that nobody may subscribe to. */
  readonly refusedTopics = new Set<string>();

  readonly #aedes: Aedes;
  readonly #sockets = new Set<Socket>();
  #tcp = net.createServer();
  #http = http.createServer();
  #tcpPort = 0;
  #httpPort = 0;

  private constructor(aedes: Aedes) {
    this.#aedes = aedes;
    aedes.authenticate = (_client, username, password, done) => {
      this.users.push([username, password?.toString()]);
      const returnCode = this.returnCode;
      if (returnCode === 0) done(null, true);
      else done(Object.assign(new Error("refused"), { returnCode }), false);
    };
    aedes.authorizePublish = (client, { topic, payload }, done) => {
      if (isOfTest(topic)) this.heard.push({ topic, payload: Buffer.from(payload) });
      if (client !== null) void this.#answer(client, topic, Buffer.from(payload));
      done(null);
    };
    aedes.authorizeSubscribe = (_client, subscription, done) => {
      done(null, this.refusedTopics.has(subscription.topic) ? null : subscription);
    };
    aedes.on("subscribe", (subscriptions) =>
      this.subscribed.push(...subscriptions.map(({ topic }) => topic).filter(isOfTest)),
    );
    aedes.on("unsubscribe", (topics) => this.unsubscribed.push(...topics));
  }

  static async start(): Promise<ScriptedBroker> {
    const broker = new ScriptedBroker(await Aedes.createBroker());
    await broker.listen();
    return broker;
  }

  get tcp(): string {
    return `mqtt://127.0.0.1:${this.#tcpPort}`;
  }

  get ws(): string {
    return `ws://127.0.0.1:${this.#httpPort}/mqtt`;
  }

  /** The topics that clients published to. */
  get topics(): string[] {
    return this.heard.map(({ topic }) => topic);
  }

  /** Listens, the second time where it did the first time. */
  async listen(): Promise<void> {
    this.#tcp = net.createServer((socket) => void this.#aedes.handle(socket));
    this.#tcp.on("connection", (socket) => this.#keep(socket));
    this.#http = http.createServer();
    this.#http.on("connection", (socket) => this.#keep(socket));
    const webSockets = new WebSocketServer({ server: this.#http, path: "/mqtt" });
    webSockets.on("connection", (webSocket) => {
      const stream = createWebSocketStream(webSocket);
      stream.on("error", () => {}); // A test that cuts the socket is no surprise.
      this.#aedes.handle(stream);
    });
    this.#tcpPort = await listenOn(this.#tcp, this.#tcpPort);
    this.#httpPort = await listenOn(this.#http, this.#httpPort);
  }

  /** Cuts all connections and takes no more. */
  async vanish(): Promise<void> {
    const closed = Promise.all([once(this.#tcp, "close"), once(this.#http, "close")]);
    this.#tcp.close();
    this.#http.close();
    this.drop();
    await closed;
  }

  /** Cuts all connections. */
  drop(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    if (this.#tcp.listening) await this.vanish();
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
  }

  push(route: string, value: unknown): Promise<void> {
    return this.pushBytes(route, pack(value));
  }

  pushBytes(route: string, bytes: Uint8Array): Promise<void> {
    const packet = message(`on/${route}`, bytes);
    return new Promise((resolve, reject) => {
      this.#aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Sends a message to one client, whatever it subscribed to. */
  send(client: Client, topic: string, bytes: Uint8Array): void {
    client.publish(message(topic, bytes), () => {}); // Its types say that it works without a callback.
  }

  /** Waits until something is so, such as what has been heard. */
  until(isSo: () => boolean): Promise<void> {
    return until(isSo);
  }

  async #answer(client: Client, topic: string, payload: Buffer): Promise<void> {
    const [kind, module, method, id] = topic.split("/");
    const script = this.scripts.get(`${module}/${method}`);
    if (kind !== "rpc" || script === undefined) return;
    // The methods of these tests take strings.
    const reply = await script(unpack(payload) as string[], client);
    if (reply === undefined || id === undefined) return;
    this.send(client, `re/${id}`, reply instanceof Uint8Array ? reply : pack(reply));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => {}); // Reset by a test.
    socket.on("close", () => this.#sockets.delete(socket));
  }
}

/** Waits until something is so. The limit only ends tests that have failed. */
export async function until(isSo: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!isSo()) throw new Error("it never came to be");
    },
    { timeout: 10_000, interval: 5 },
  );
}

function isOfTest(topic: string): boolean {
  return !topic.includes("/Antwire/");
}

function message(topic: string, payload: Uint8Array) {
  return { cmd: "publish", topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false } as const;
}

async function listenOn(server: net.Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on TCP has an address of this shape.
  return (server.address() as AddressInfo).port;
}
