import { connect, createServer, type Socket } from "node:net";

/** From the gateway to the client, or the other way. */
export type Direction = "down" | "up";

/** A network between clients and a gateway that can be broken. */
export interface LeakyProxy extends AsyncDisposable {
  readonly port: number;
  /** Lets bytes of a direction vanish on those connections that stand. */
  swallow(direction: Direction): void;
  /** Cuts all connections towards the client. The gateway hears nothing of it. */
  cut(): void;
}

export async function startLeakyProxy(target: number): Promise<LeakyProxy> {
  const pairs = new Set<{ client: Socket; gateway: Socket; swallowed: Set<Direction> }>();
  const server = createServer((client) => {
    const gateway = connect(target, "127.0.0.1");
    const pair = { client, gateway, swallowed: new Set<Direction>() };
    pairs.add(pair);
    gateway.on("data", (bytes) => {
      if (!pair.swallowed.has("down")) client.write(bytes);
    });
    client.on("data", (bytes) => {
      if (!pair.swallowed.has("up")) gateway.write(bytes);
    });
    client.on("error", () => {});
    gateway.on("error", () => {});
    gateway.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("a server that listens has a port");
  return {
    port: address.port,
    swallow(direction) {
      for (const { swallowed } of pairs) swallowed.add(direction);
    },
    cut() {
      for (const { client } of pairs) client.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const { client, gateway } of pairs) {
        client.destroy();
        gateway.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
