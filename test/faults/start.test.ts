import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { Cluster } from "./cluster.js";

const broker = useBroker();
const cluster = new Cluster(broker);

beforeAll(() => cluster.start({}));
afterAll(() => cluster.stop());

test("a wrong password is one line and exit code 1", async () => {
  const url = new URL(broker.url);
  url.password = "wrong";
  const { ended, stdout, stderr } = cluster.launch("work", { url: url.href });
  expect(await ended).toBe(1);
  expect(stdout()).toBe("");
  expect(stderr()).toBe(`antwire: The broker at ${shown(url)} refuses this user name and password\n`);
});

describe.runIf(broker.isOwn)("with a broker that can be controlled", () => {
  test("without a broker a process says so in one line, and serves when the broker comes", async () => {
    await broker.stop();
    const running = cluster.launch("work");
    await running.until((output) => output.includes("No broker"));
    await sleep(2_000);
    expect(running.output().split("\n")).toEqual([
      expect.stringMatching(
        new RegExp(
          `^\\d\\d:\\d\\d:\\d\\d warn {2}No broker at ${shown(new URL(broker.url))} .*: trying again`,
        ),
      ),
      "",
    ]);
    await broker.start();
    const came = performance.now();
    await running.until((output) => output.includes("Antwire is ready"));
    const done = await cluster.rpc.work.again(1, 0);
    console.log(`Serves ${Math.round(performance.now() - came)} ms after the broker came`);
    expect(done.id).toBe(1);
  });
});

/** An address without what is secret in it. */
function shown({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}
