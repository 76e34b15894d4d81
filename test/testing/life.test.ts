import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import config from "../../antwire.config.js";
import { Game } from "../../generated/client.js";
import { defineConfig, defineRanking } from "../../generated/server.js";
import { testApp } from "../../runtime/testing/index.js";
import { root } from "../setup/run.js";

test("a test of another runner has the same, and its process ends by itself", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--test", "--test-reporter", "tap", "test/testing/with-node-test.ts"],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: "" } },
  );
  expect(stdout).toMatch(/# pass 1\n# fail 0/);
});

test("applications that came and went leave nothing behind", async () => {
  const before = process.getActiveResourcesInfo();
  for (let i = 0; i < 5; i++) {
    const app = await testApp(config, { client: Game });
    await Promise.all([app.client("Ann"), app.client("Bob"), app.client()]);
    await app.stop();
  }
  const left = process.getActiveResourcesInfo();
  for (const name of before) if (left.includes(name)) left.splice(left.indexOf(name), 1);
  expect(left).toEqual([]);
});

test("applications do not see each other", async () => {
  await using one = await testApp(config, { client: Game });
  await using other = await testApp(config, { client: Game });
  const [ann] = await Promise.all([one.client("Ann"), other.client("Ann")]);
  await one.rpc.ranking.record(one.session(ann).userId ?? "", 5);
  expect(await (await one.client()).ranking.top(3)).toHaveLength(1);
  expect(await (await other.client()).ranking.top(3)).toEqual([]);
});

const broken = (breakIt: Parameters<typeof defineRanking>[0]) =>
  defineConfig({ modules: { ranking: async () => ({ default: defineRanking(breakIt) }) } });

test("a module that does not start rejects, and tells why", async () => {
  const started = testApp(
    broken(() => {
      throw new Error("no disk");
    }),
  );
  await expect(started).rejects.toMatchObject({
    message: "The module Ranking did not start",
    cause: { message: "no disk" },
  });
});

test("a module that does not stop cleanly rejects the stop, once for all who wait", async () => {
  const app = await testApp(
    broken(({ onStop }) => {
      onStop(() => {
        throw new Error("no pen");
      });
      return { top: () => [], record() {} };
    }),
  );
  const error: unknown = await app.stop().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AggregateError);
  await expect(app.stop()).rejects.toBe(error);
});

test("modules hear of the ends of clients that a test left open", async () => {
  const ended: (string | undefined)[] = [];
  const app = await testApp(
    broken(({ onSessionEnd }) => {
      onSessionEnd((session) => void ended.push(session.userId));
      return { top: () => [], record() {} };
    }),
  );
  await app.client({ user: "u-1" });
  await app.stop();
  expect(ended).toEqual(["u-1"]);
});

test("the log is shown to whom asks, and to nobody else", async () => {
  let show: (() => void) | undefined;
  await using app = await testApp(
    broken(({ log }) => {
      log.warn({ left: 3 }, "The ink runs out");
      return { top: () => [], record() {} };
    }),
    { onFailure: (shown) => (show = shown) },
  );
  const written: string[] = [];
  const { write } = process.stderr;
  process.stderr.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    await app.client();
    expect(written).toEqual([]);
    show?.();
  } finally {
    process.stderr.write = write;
  }
  expect(written.join("")).toContain("The ink runs out");
  expect(app.logs).toContainEqual({
    level: "warn",
    message: "The ink runs out",
    fields: { left: 3 },
    module: "Ranking",
  });
});
