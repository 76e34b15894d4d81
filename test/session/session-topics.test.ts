import { expect, test } from "vitest";
import type { LiveSession } from "../../runtime/session/live-session.js";
import { SessionRegistry } from "../../runtime/session/session-registry.js";
import { SessionTopics, type TopicTransport } from "../../runtime/session/session-topics.js";
import { deferred } from "../call/stage.js";

/** A transport that takes its time, and notes what begins and what has ended. */
class SlowTransport implements TopicTransport {
  readonly steps: string[] = [];
  readonly topics = new Set<string>();
  /** Resolves or rejects the step that is under way. */
  current = deferred<void>();

  async subscribe(topic: string): Promise<void> {
    await this.#step(`+${topic}`);
    this.topics.add(topic);
  }

  async unsubscribe(topic: string): Promise<void> {
    await this.#step(`-${topic}`);
    this.topics.delete(topic);
  }

  async #step(step: string): Promise<void> {
    this.steps.push(step);
    this.current = deferred<void>();
    await this.current.promise;
  }

  async finish(error?: Error): Promise<void> {
    if (error === undefined) this.current.resolve();
    else this.current.reject(error);
    await settle();
  }
}

/** A transport that does everything at once. */
class QuickTransport implements TopicTransport {
  readonly topics = new Set<string>();
  changes = 0;

  async subscribe(topic: string): Promise<void> {
    this.changes++;
    this.topics.add(topic);
  }

  async unsubscribe(topic: string): Promise<void> {
    this.changes++;
    this.topics.delete(topic);
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function createTopics(...transports: TopicTransport[]) {
  const logged: string[] = [];
  const log = { warn: (_fields: object, message: string) => void logged.push(message) };
  return { topics: new SessionTopics({ transports, log }), logged };
}

function sweep(topics: SessionTopics): void {
  for (let i = 0; i < 5; i++) topics.sweep();
}

function open(topics: SessionTopics): LiveSession<{ close(): void }> {
  return new SessionRegistry({ groupsPerSession: 8, topics }).open({ close() {} });
}

test("a topic is held once every transport listens to it", async () => {
  const [one, other] = [new SlowTransport(), new SlowTransport()];
  const { topics } = createTopics(one, other);
  let isReady = false;
  void topics.hold("group.red").then(() => {
    isReady = true;
  });
  await settle();
  await one.finish();
  expect(isReady).toBe(false);
  await other.finish();
  expect(isReady).toBe(true);
});

test("all who hold a topic wait for the same subscription", async () => {
  const transport = new SlowTransport();
  const { topics } = createTopics(transport);
  const both = Promise.all([topics.hold("group.red"), topics.hold("group.red")]);
  await settle();
  await transport.finish();
  await both;
  await topics.hold("group.red");
  expect(transport.steps).toEqual(["+group.red"]);
});

test("a topic outlives its last member for a while, so that comings and goings cost nothing", async () => {
  const transport = new QuickTransport();
  const { topics } = createTopics(transport);
  for (let i = 0; i < 100; i++) {
    await topics.hold("group.red");
    topics.release("group.red");
    topics.sweep();
  }
  expect(transport.changes).toBe(1);
  sweep(topics);
  await settle();
  expect([...transport.topics]).toEqual([]);
});

test("who comes while a topic is being left waits for that, and then has it again", async () => {
  const transport = new SlowTransport();
  const { topics } = createTopics(transport);
  const first = topics.hold("group.red");
  await settle();
  await transport.finish();
  await first;
  topics.release("group.red");
  sweep(topics);
  await settle();
  let isReady = false;
  void topics.hold("group.red").then(() => {
    isReady = true;
  });
  await settle();
  expect([transport.steps, isReady]).toEqual([["+group.red", "-group.red"], false]);
  await transport.finish();
  await transport.finish();
  expect([transport.steps, isReady]).toEqual([["+group.red", "-group.red", "+group.red"], true]);
  expect([...transport.topics]).toEqual(["group.red"]);
});

test("a topic that is given up before it is there is left once it is there", async () => {
  const transport = new SlowTransport();
  const { topics } = createTopics(transport);
  void topics.hold("group.red");
  topics.release("group.red");
  sweep(topics);
  await settle();
  expect(transport.steps).toEqual(["+group.red"]);
  await transport.finish();
  await transport.finish();
  expect(transport.steps).toEqual(["+group.red", "-group.red"]);
});

test("what cannot be subscribed rejects with unavailable, and is tried again by the next who comes", async () => {
  const [broken, sound] = [new SlowTransport(), new QuickTransport()];
  const { topics } = createTopics(broken, sound);
  const first = topics.hold("group.red");
  await settle();
  await broken.finish(new Error("no channel"));
  await expect(first).rejects.toMatchObject({ code: "unavailable" });
  // Given up everywhere: half a subscription is none.
  await broken.finish();
  expect([...sound.topics]).toEqual([]);
  const second = topics.hold("group.red");
  await settle();
  await broken.finish();
  await second;
  expect([...sound.topics]).toEqual(["group.red"]);
});

test("a topic that cannot be left is logged", async () => {
  const transport = new SlowTransport();
  const { topics, logged } = createTopics(transport);
  const ready = topics.hold("group.red");
  await settle();
  await transport.finish();
  await ready;
  topics.release("group.red");
  sweep(topics);
  await settle();
  await transport.finish(new Error("no channel"));
  expect(logged).toEqual(["A topic could not be left"]);
});

test("topics that linger are bounded", async () => {
  const transport = new QuickTransport();
  const { topics } = createTopics(transport);
  for (let i = 0; i < 1_500; i++) {
    await topics.hold(`group.${i}`);
    topics.release(`group.${i}`);
  }
  await settle();
  expect(transport.topics.size).toBe(1_000);
  expect(transport.topics.has("group.499")).toBe(false);
  expect(transport.topics.has("group.500")).toBe(true);
});

test("a session that cannot be heard by other nodes is neither bound nor in a group", async () => {
  const transport = new SlowTransport();
  const { topics } = createTopics(transport);
  const session = open(topics);
  const joined = expect(session.join("red")).rejects.toMatchObject({ code: "unavailable" });
  await settle();
  expect(session.groups.has("red")).toBe(true);
  await transport.finish(new Error("no channel"));
  await joined;
  expect(session.groups.has("red")).toBe(false);

  const bound = expect(session.bind("Ann")).rejects.toMatchObject({ code: "unavailable" });
  await settle();
  await transport.finish(new Error("no channel"));
  await bound;
  expect(session.userId).toBeUndefined();
});

test("who joins a group twice waits both times until pushes can be heard", async () => {
  const transport = new SlowTransport();
  const { topics } = createTopics(transport);
  const session = open(topics);
  const done: string[] = [];
  void session.join("red").then(() => done.push("first"));
  void session.join("red").then(() => done.push("second"));
  await settle();
  expect(done).toEqual([]);
  await transport.finish();
  expect(done).toEqual(["first", "second"]);
});

test("the topics of a session that has ended are given up, those of others not", async () => {
  const transport = new QuickTransport();
  const { topics } = createTopics(transport);
  const registry = new SessionRegistry({ groupsPerSession: 8, topics });
  const [ann, bob] = [registry.open({ close() {} }), registry.open({ close() {} })];
  await ann.bind("Ann");
  for (const session of [ann, bob]) await session.join("red");
  await ann.join("blue");
  registry.end(ann);
  sweep(topics);
  await settle();
  expect([...transport.topics]).toEqual(["group.red"]);
});

test("a new user of a session takes the place of the old one", async () => {
  const transport = new QuickTransport();
  const { topics } = createTopics(transport);
  const session = open(topics);
  await session.bind("Ann");
  await session.bind("Bob");
  await session.bind("Bob");
  sweep(topics);
  await settle();
  expect([...transport.topics]).toEqual(["user.Bob"]);
});
