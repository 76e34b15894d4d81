import { connectAsync, type MqttClient } from "mqtt";

/** A player at a real MQTT client, who calls in JSON. */
export class Player {
  readonly #client: MqttClient;
  readonly #waiting = new Map<string, (reply: unknown) => void>();
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;
  #calls = 0;

  static async connect(address: string): Promise<Player> {
    return new Player(await connectAsync(address, { reconnectPeriod: 0 }));
  }

  private constructor(client: MqttClient) {
    this.#client = client;
    this.gone = new Promise((resolve) => client.once("close", () => resolve()));
    client.on("message", (topic, payload) => this.#waiting.get(topic)?.(JSON.parse(payload.toString())));
  }

  /** Resolves with the reply. */
  call(route: string): Promise<unknown> {
    const id = String(this.#calls++);
    const reply = new Promise((resolve) => this.#waiting.set(`re/${id}`, resolve));
    this.#client.publish(`rpc/${route}/${id}`, "[]");
    return reply;
  }

  /** Publishes to any topic. */
  publish(topic: string): void {
    this.#client.publish(topic, "");
  }

  async leave(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
