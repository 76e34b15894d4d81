import { admitted, connectPacket, RawClient } from "../gateway/raw-client.js";

/** What a client comes back with. */
export interface Ticket {
  readonly session: string;
  readonly secret: string;
  readonly resumeMs: number;
}

/** Asks for a ticket. */
export async function ask(client: RawClient, id = "ticket"): Promise<Ticket> {
  client.publish(`rpc/Antwire/session/${id}`, "[]");
  const { ok } = (await reply(client, id)) as { ok: Ticket };
  return ok;
}

/** The reply to a call, whatever else has come. */
export async function reply(client: RawClient, id: string): Promise<unknown> {
  const isReply = (packet: RawClient["packets"][number]) =>
    packet.cmd === "publish" && packet.topic === `re/${id}`;
  await client.until(() => client.packets.some(isReply));
  const [packet] = client.packets.splice(client.packets.findIndex(isReply), 1);
  if (packet?.cmd !== "publish") throw new Error("what was found is there");
  return JSON.parse(packet.payload.toString());
}

export async function call(client: RawClient, method: string, ...args: unknown[]): Promise<unknown> {
  client.publish(`rpc/Game/${method}/${method}`, JSON.stringify(args));
  const { ok } = (await reply(client, method)) as { ok: unknown };
  return ok;
}

/** A client that has entered, and could come back. */
export async function enter(port: number, ...args: unknown[]): Promise<[client: RawClient, ticket: Ticket]> {
  const client = await admitted(port);
  const ticket = await ask(client);
  await call(client, "enter", ...(args.length > 0 ? args : ["Ann"]));
  return [client, ticket];
}

/** Sends the CONNECT that resumes a session, and resolves with the CONNACK. */
export async function knock(client: RawClient, ticket: Pick<Ticket, "session" | "secret">, clean = false) {
  client.send(
    connectPacket({
      clean,
      username: "antwire-resume",
      password: Buffer.from(`${ticket.session}:${ticket.secret}`),
    }),
  );
  return client.next("connack");
}

/** A client that is back in its session. */
export async function comeBack(port: number, ticket: Ticket): Promise<RawClient> {
  const client = new RawClient(port);
  const { returnCode, sessionPresent } = await knock(client, ticket);
  if (returnCode !== 0 || !sessionPresent) throw new Error(`CONNACK said ${returnCode}, ${sessionPresent}`);
  return client;
}
