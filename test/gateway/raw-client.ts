import { connect, type Socket } from "node:net";
import { generate, type Packet, parser } from "mqtt-packet";

/** A client that says what it is told to, packet by packet or byte by byte. */
export class RawClient implements Disposable {
  readonly packets: Packet[] = [];
  isClosed = false;
  readonly #socket: Socket;
  #onChange: () => void = () => {};

  /** @param to a port on this machine, or a socket that leads to one */
  constructor(to: number | Socket) {
    const stream = parser();
    stream.on("packet", (packet) => {
      this.packets.push({ ...packet });
      this.#onChange();
    });
    this.#socket = typeof to === "number" ? connect(to, "127.0.0.1") : to;
    this.#socket.on("data", (bytes) => stream.parse(bytes));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.isClosed = true;
      this.#onChange();
    });
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  send(...packets: Packet[]): void {
    this.write(Buffer.concat(packets.map((packet) => generate(packet))));
  }

  /** Reads no more, as a client does that is overloaded. */
  stopReading(): void {
    this.#socket.pause();
  }

  readOn(): void {
    this.#socket.resume();
  }

  publish(
    topic: string,
    payload: string | Buffer = "",
    options: { qos?: 0 | 1 | 2; id?: number } = {},
  ): void {
    this.send(publish(topic, payload, options));
  }

  /** Subscribes, and resolves with what was granted. */
  async subscribe(...topics: string[]): Promise<unknown> {
    this.send({
      cmd: "subscribe",
      messageId: 7,
      subscriptions: topics.map((topic) => ({ topic, qos: 0 })),
    });
    const packet = await this.next("suback");
    return packet.granted;
  }

  /** Takes the first packet of a kind that has come or will come. */
  async next<Kind extends Packet["cmd"]>(kind: Kind): Promise<Extract<Packet, { cmd: Kind }>> {
    const isWanted = (packet: Packet): packet is Extract<Packet, { cmd: Kind }> => packet.cmd === kind;
    await this.until(() => this.packets.some(isWanted));
    const index = this.packets.findIndex(isWanted);
    const [packet] = this.packets.splice(index, 1);
    if (packet === undefined || !isWanted(packet)) throw new Error("what was found is there");
    return packet;
  }

  /** Takes the next message: its topic and its payload as text. */
  async message(): Promise<[topic: string, payload: string]> {
    const { topic, payload } = await this.next("publish");
    return [topic, payload.toString()];
  }

  /** Takes the next message, whose payload is JSON. */
  async json(): Promise<unknown> {
    const [, payload] = await this.message();
    return JSON.parse(payload);
  }

  /** Resolves when everything sent before has been handled and its answers have come. */
  async settle(): Promise<void> {
    this.send({ cmd: "pingreq" });
    await this.next("pingresp");
  }

  closed(): Promise<void> {
    return this.until(() => this.isClosed);
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.isClosed) throw new Error("the connection was closed");
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }
}

export function publish(
  topic: string,
  payload: string | Buffer = "",
  { qos = 0, id = 1 }: { qos?: 0 | 1 | 2; id?: number } = {},
): Packet {
  return { cmd: "publish", topic, payload, qos, messageId: id, dup: false, retain: false };
}

export function connectPacket(fields: Partial<Extract<Packet, { cmd: "connect" }>> = {}): Packet {
  return {
    cmd: "connect",
    clientId: "raw",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: true,
    keepalive: 0,
    ...fields,
  };
}

/** A client that has been admitted. */
export async function admitted(
  port: number,
  fields: Partial<Extract<Packet, { cmd: "connect" }>> = {},
): Promise<RawClient> {
  const client = new RawClient(port);
  client.send(connectPacket(fields));
  const { returnCode } = await client.next("connack");
  if (returnCode !== 0) throw new Error(`CONNACK said ${returnCode}`);
  return client;
}
