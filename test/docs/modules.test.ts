import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { ConfiguredApplication } from "../../runtime/config/config.js";
import { received, type TestApp, testApp } from "../../runtime/testing/index.js";
import { listBlocks, readMarkdown } from "../readme/markdown.js";
import { createSampleProject, type SampleProject } from "./sample-project.js";

// The lobby of docs/idl.md and docs/modules.md, put together and played.
const pages = ["docs/idl.md", "docs/modules.md"].map((page) => listBlocks(readMarkdown(page)));
const files = Object.fromEntries(
  pages.flat().flatMap(({ text }) => {
    const [, path] = /^\/\/ (\S+\.ts)\n/.exec(text) ?? [];
    return path === undefined ? [] : [[path, text]];
  }),
);

/** Parts of handlers, and what they take for granted. */
const samples = (pages[1] ?? [])
  .filter(({ language, text }) => language === "ts" && !text.startsWith("// "))
  .map(
    ({ text }, i) =>
      `export async function sample${i}(call: Call, session: UserSession, signal: AbortSignal, log: Logger, rpc: Rpc) {\n${text}\n}\n`,
  );
const given = `
import type { Logger } from "antwire";
import { type Call, RoomFull, type Rpc, RpcError, type UserSession } from "./generated/server.js";
`;

/** A client, as far as this test uses it. */
interface Player {
  close(): Promise<void>;
  readonly login: { enter(name: string): Promise<void> };
  readonly lobby: {
    enter(room: string): Promise<readonly { readonly name: string }[]>;
    wave(room: string): void;
    watch(room: string): AsyncIterable<{ readonly name: string }>;
    readonly entered: Parameters<typeof received<{ readonly name: string }>>[0];
  };
}

interface Rpc {
  readonly lobby: { population(room: string): Promise<number> };
}

let project: SampleProject;

beforeAll(async () => {
  project = await createSampleProject({ ...files, "samples.ts": `${given}${samples.join("\n")}` });
});

afterAll(() => project[Symbol.asyncDispose]());

async function start(): Promise<TestApp<Rpc, Player>> {
  const [{ default: config }, { Game }] = await Promise.all([
    project.load("antwire.config.ts"),
    project.load("generated/client.js"),
  ]);
  // What these files of the sample export.
  const client = Game as new () => Player;
  return await testApp<Rpc, Player>(config as ConfiguredApplication<Rpc>, {
    client,
    onFailure: onTestFailed,
  });
}

test("the pages show a whole application", () => {
  expect(Object.keys(files)).toEqual([
    "idl/lobby.d.ts",
    "idl/login.d.ts",
    "modules/login.ts",
    "modules/lobby.ts",
    "antwire.config.ts",
  ]);
  expect(samples).toHaveLength(2);
});

test("it compiles", { timeout: 60_000 }, () => {
  expect(project.complaints()).toEqual([]);
});

test("members of a room hear who comes, until it is full", async () => {
  await using app = await start();
  const [ann, bob, cleo] = [await app.client(), await app.client(), await app.client()];
  for (const [name, player] of Object.entries({ Ann: ann, Bob: bob, Cleo: cleo }))
    await player.login.enter(name);
  const heard = received(ann.lobby.entered);
  expect(await ann.lobby.enter("blue")).toMatchObject([{ name: "Ann" }]);
  expect(await bob.lobby.enter("blue")).toMatchObject([{ name: "Ann" }, { name: "Bob" }]);
  expect(await heard.next()).toMatchObject({ name: "Ann" });
  expect(await heard.next()).toMatchObject({ name: "Bob" });
  await expect(cleo.lobby.enter("blue")).rejects.toMatchObject({ name: "RoomFull", capacity: 2 });
  expect(await app.rpc.lobby.population("blue")).toBe(2);
});

test("who lost the network stays in the room, and who goes for good makes room", async () => {
  await using app = await start();
  const [ann, bob] = [await app.client({ user: "1" }), await app.client({ user: "2" })];
  await ann.lobby.enter("blue");
  await bob.lobby.enter("blue");
  await app.settled();
  app.cut(ann);
  await app.settled();
  expect(await app.rpc.lobby.population("blue")).toBe(2);
  await bob.close();
  await app.settled();
  expect(await app.rpc.lobby.population("blue")).toBe(1);
});

test("one watches a room as long as one likes", async () => {
  await using app = await start();
  const [ann, bob] = [await app.client({ user: "1" }), await app.client({ user: "2" })];
  const arrivals = ann.lobby.watch("blue")[Symbol.asyncIterator]();
  const first = arrivals.next();
  await app.settled();
  await bob.login.enter("Bob");
  await bob.lobby.enter("blue");
  expect(await first).toMatchObject({ value: { name: "Bob" } });
  await arrivals.return?.();
  bob.lobby.wave("blue");
  await app.settled();
  expect(app.logs.map(({ message }) => message)).toContain("somebody waves");
});

test("guests do not get in", async () => {
  await using app = await start();
  const guest = await app.client();
  await expect(guest.lobby.enter("blue")).rejects.toMatchObject({ code: "unauthenticated" });
});
