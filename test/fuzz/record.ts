import { once } from "node:events";
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from "node:net";
import { connectAsync, type IClientOptions } from "mqtt";
import { connect } from "./generated/client.js";
import { thing } from "./thing.js";

/** Has real clients play, and returns what each of their connections sent. */
export async function record(port: number): Promise<Buffer[]> {
  await using recorder = await Recorder.start(port);
  await playGenerated(recorder);
  for (const qos of [0, 1, 2] as const) await playStock(recorder, qos);
  return recorder.sessions();
}

/** Stands between clients and a server, and remembers what the clients say. */
class Recorder implements AsyncDisposable {
  readonly port: number;
  readonly #server;
  readonly #said: Buffer[][] = [];
  readonly #sockets = new Set<Socket>();

  static async start(to: number): Promise<Recorder> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Recorder(server, to);
  }

  private constructor(server: ReturnType<typeof createServer>, to: number) {
    this.#server = server;
    // A server that listens on a port has such an address.
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => {
      const said: Buffer[] = [];
      this.#said.push(said);
      const upstream = connectSocket(to, "127.0.0.1");
      for (const [socket, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
      client.on("data", (bytes) => said.push(bytes));
      client.pipe(upstream);
      upstream.pipe(client);
    });
  }

  /** Breaks all connections, as a network does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  sessions(): Buffer[] {
    return this.#said.map((said) => Buffer.concat(said)).filter(({ length }) => length > 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** The generated client: MessagePack, streams, cancellations, a resumption. */
async function playGenerated(recorder: Recorder): Promise<void> {
  const game = await connect(`mqtt://127.0.0.1:${recorder.port}`);
  const heard = new Promise<unknown>((resolve) => game.play.said.on(resolve));
  game.play.last.on(() => {});
  await game.play.enter("Recorder");
  for (let number = 0; number < 5; number++) await game.play.echo(thing(number));
  game.play.wave(3);
  await game.play.say("hello", true);
  await heard;
  for await (const number of game.play.count(100)) if (number === 50) break;
  await game.play.wait({ timeout: 50 }).catch(() => {});
  const back = new Promise<void>((resolve) => game.on("connected", () => resolve()));
  recorder.cut();
  await back;
  await game.play.say("back again");
  await game.play.echo(thing(6));
  await game.close();
}

/** A stock client: JSON, wills, retained messages, each QoS, a user name. */
async function playStock(recorder: Recorder, qos: 0 | 1 | 2): Promise<void> {
  const options: IClientOptions = {
    reconnectPeriod: 0,
    username: `stock-${qos}`,
    password: "secret",
    will: { topic: "on/Play/said", payload: Buffer.from("gone"), qos, retain: true },
  };
  const client = await connectAsync(`mqtt://127.0.0.1:${recorder.port}`, options);
  await client.subscribeAsync(["json/on/#", "on/+/last", "re/#"], { qos });
  let calls = 0;
  const call = async (method: string, payload: string | Buffer): Promise<void> => {
    const id = `id-${calls++}`;
    const replied = new Promise<void>((resolve) => {
      client.on("message", (topic) => {
        if (topic === `re/${id}`) resolve();
      });
    });
    await client.publishAsync(`rpc/${method}/${id}`, payload, { qos, retain: qos === 1 });
    await replied;
  };
  await call("Play/enter", '["Stock"]');
  await call("Play/say", '{"text":"hello","loudly":true}');
  await call("Play/echo", JSON.stringify([{ name: "ant", small: 7, large: "12", loose: "x" }]));
  await call("Play/hidden", '["x"]');
  await call("Play/count", "[3]");
  await call("Play/nothing", "");
  await call("Antwire/session", "");
  await client.publishAsync("rpc/Play/wave", "[1]", { qos });
  await client.publishAsync("rpc/Play/wait/w", "", { qos });
  for (const topic of ["pause/w", "resume/w", "cancel/w", "chat/anything"]) {
    await client.publishAsync(topic, "", { qos });
  }
  client.sendPing();
  await client.unsubscribeAsync(["on/+/last"]);
  await client.endAsync();
}
