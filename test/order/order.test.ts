import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import configured from "../fuzz/antwire.config.js";
import { connect } from "../fuzz/generated/client.js";
import { eventually } from "../gateway/eventually.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";
import { ask, comeBack, reply } from "../resumption/player.js";

const log = createLog("text", { write: () => true });
const ports = { mqtt: 0, http: 0, log };

const configFile = fileURLToPath(new URL("../fuzz/antwire.config.ts", import.meta.url));

describe.each([
  ["the gateway's thread", 0],
  ["a thread of its own", 1],
])("with the module in %s", (_where, threads) => {
  let running: RunningApplication;

  beforeAll(async () => {
    running = await startApplication(configured, { threads, configFile, ...ports });
  });

  afterAll(() => running.stop());

  test("a session's calls are dispatched in the order of sending, also where it is taken over in the middle", async () => {
    const port = Number(new URL(running.addresses.mqtt).port);
    let client = await admitted(port);
    let number = 0;
    let ticket = await ask(client);
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 100; i++) note(client, ++number);
      // While what was sent is still on its way, over a connection that still stands.
      const next = await comeBack(port, ticket);
      for (let i = 0; i < 100; i++) note(next, ++number);
      ticket = await ask(next, `t${round}`);
      client[Symbol.dispose]();
      client = next;
    }
    const heard: number[] = [];
    await eventually(async () => {
      client.publish("rpc/Play/noted/n", "[]");
      const { ok } = (await reply(client, "n")) as { ok: number[] };
      heard.push(...ok);
      return heard.at(-1);
    }).toBe(number);
    // Some that were under way when the connection went are lost with it; none is late, and none comes twice.
    expect(heard).toEqual([...new Set(heard)].toSorted((a, b) => a - b));
    expect(heard.length).toBeGreaterThanOrEqual(1_000);
    client[Symbol.dispose]();
  });

  test("pushes come in the order in which the module made them, by whatever way", async () => {
    const game = await connect(running.addresses.mqtt);
    const heard: number[] = [];
    game.play.said.on(({ text }) => heard.push(Number(text)));
    await game.play.enter("Ann");
    for (let round = 0; round < 20; round++) await game.play.recite(200);
    const wanted = Array.from({ length: 20 * 200 }, (_, i) => (i % 200) + 1);
    await eventually(() => heard.length).toBe(wanted.length);
    expect(heard).toEqual(wanted);
    await game.close();
  });
});

function note(client: RawClient, number: number): void {
  client.publish("rpc/Play/note", `[${number}]`);
}
