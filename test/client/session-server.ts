import mqttPacket, { type IConnectPacket, type Packet } from "mqtt-packet";
import { pack } from "../../runtime/wire/pack.js";
import { type RawConnection, type RawServer, startRawServer } from "./raw-server.js";

/** A server that keeps one session for whoever has its secret, as the gateway does, and does the rest as a test says. */
export class SessionServer {
  /** The CONNECT of each connection. */
  readonly connects: IConnectPacket[] = [];
  /** But for the framework's own: `subscribe` and `unsubscribe` with their topics, and the routes of calls, in the order in which they came. */
  readonly heard: string[] = [];
  /** Identifiers of the messages of QoS 1 that were acknowledged. */
  readonly acknowledged: number[] = [];
  /** Whether it gives tickets. */
  givesTickets = true;
  /** Whether it answers a CONNECT at all. */
  isDeaf = false;
  resumeMs = 30_000;
  /** By `<Module>/<method>`: the reply; without one a call is answered with nothing. */
  readonly scripts = new Map<string, () => unknown>();
  #server: RawServer | undefined;
  #sessions = 0;
  #secrets = 0;
  /** `<session>:<secret>` of the one session that can be resumed. */
  #ticket = "";
  #current: RawConnection | undefined;

  static async start(transport: "tcp" | "ws"): Promise<SessionServer> {
    const server = new SessionServer();
    server.#server = await startRawServer(transport, (packet, connection) =>
      server.#take(packet, connection),
    );
    return server;
  }

  get url(): string {
    return this.#server?.url ?? "";
  }

  /** How often a ticket was given. */
  get tickets(): number {
    return this.#secrets;
  }

  /** Breaks the connection. */
  cut(): void {
    this.#current?.cut();
  }

  /** Forgets the session, as a server does that is started again. */
  forget(): void {
    this.#ticket = "";
  }

  push(route: string, value: unknown, delivery?: { id: number; dup: boolean }): void {
    const same = {
      cmd: "publish",
      topic: `on/${route}`,
      payload: Buffer.from(pack(value)),
      retain: false,
    } as const;
    const packet: Packet =
      delivery === undefined
        ? { ...same, qos: 0, dup: false }
        : { ...same, qos: 1, dup: delivery.dup, messageId: delivery.id };
    this.#current?.send(mqttPacket.generate(packet));
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  #take(packet: Packet, connection: RawConnection): void {
    const send = (answer: Packet) => connection.send(mqttPacket.generate(answer));
    switch (packet.cmd) {
      case "connect":
        this.connects.push(packet);
        if (!this.isDeaf) this.#admit(packet, connection);
        break;
      case "publish":
        this.#answer(packet.topic, connection);
        break;
      case "puback":
        this.acknowledged.push(packet.messageId ?? 0);
        break;
      case "subscribe": {
        const granted = packet.subscriptions.map(({ qos }) => qos);
        for (const { topic, qos } of packet.subscriptions) {
          if (!topic.includes("/Antwire/")) this.heard.push(`subscribe ${topic} ${qos}`);
        }
        send({ cmd: "suback", messageId: packet.messageId ?? 0, granted });
        break;
      }
      case "unsubscribe":
        for (const topic of packet.unsubscriptions) this.heard.push(`unsubscribe ${topic}`);
        send({ cmd: "unsuback", messageId: packet.messageId ?? 0, granted: [] });
        break;
      case "disconnect":
        connection.cut();
        break;
      case "pingreq":
        send({ cmd: "pingresp" });
        break;
    }
  }

  #admit({ username, password }: IConnectPacket, connection: RawConnection): void {
    const isResuming = username === "antwire-resume";
    const isKnown = isResuming && this.#ticket !== "" && password?.toString() === this.#ticket;
    this.#ticket = "";
    const returnCode = isResuming && !isKnown ? 5 : 0;
    if (returnCode === 0 && !isKnown) this.#sessions++;
    if (returnCode === 0) this.#current = connection;
    connection.send(mqttPacket.generate({ cmd: "connack", returnCode, sessionPresent: isKnown }));
  }

  #answer(topic: string, connection: RawConnection): void {
    const [, module, method, id] = topic.split("/");
    const reply = () => {
      if (module === "Antwire") return this.#giveTicket();
      this.heard.push(`${module}/${method}`);
      const script = this.scripts.get(`${module}/${method}`);
      return script === undefined ? [0, null] : script();
    };
    const answer = reply();
    if (answer === undefined || id === undefined) return;
    connection.send(
      mqttPacket.generate({
        cmd: "publish",
        topic: `re/${id}`,
        payload: Buffer.from(pack(answer)),
        qos: 0,
        retain: false,
        dup: false,
      }),
    );
  }

  #giveTicket(): unknown {
    if (!this.givesTickets) return [1, "not-found", "no such method"];
    const [session, secret] = [`s${this.#sessions}`, `secret-${++this.#secrets}`];
    this.#ticket = `${session}:${secret}`;
    return [0, [session, secret, this.resumeMs]];
  }
}
