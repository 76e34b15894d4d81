import { afterEach, expect, test } from "vitest";
import { createAmqpTransport } from "../../runtime/amqp/amqp-transport.js";
import { BrokerError } from "../../runtime/amqp/broker-error.js";
import { useBroker } from "../setup/rabbitmq.js";
import { eventually } from "./eventually.js";
import { closeNodes, freshApplication, listen, makeNode, startNode } from "./node.js";

const { url } = useBroker();
const application = freshApplication();

afterEach(closeNodes);

function withPassword(password: string): string {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
}

test("a refused password is an error of one line without the password, for all who wait", async () => {
  const node = makeNode({ urls: [withPassword("wr0ng")], application });
  const waiting = [node.transport.ready, node.transport.serve("Lobby"), node.transport.subscribe("all")];
  listen(node);
  for (const each of waiting) {
    const error = await each.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BrokerError);
    expect(String(error)).toMatch(
      /^BrokerError: The broker at amqp:\/\/[\d.:]+ refuses this user name and password$/,
    );
  }
  await expect(node.transport.serve("Another")).rejects.toBeInstanceOf(BrokerError);
});

test("several brokers are tried in turn, until one is there that takes us", async () => {
  const absent = "amqp://user:s3cret@127.0.0.1:1";
  const node = await startNode({ urls: [absent, withPassword("wr0ng"), url], application });
  node.send({ kind: "node", node: node.id }, ["hello"]);
  await node.has(1);
  expect(node.logged).toEqual([expect.stringMatching(/^info Connected to the broker at amqp:/)]);
});

test("an absent broker is told in one line without the password, and a virtual host that is not there too", async () => {
  const elsewhere = new URL(url);
  elsewhere.pathname = "/nowhere";
  const absent = makeNode({ urls: ["amqp://user:s3cret@127.0.0.1:1"], application });
  const lost = makeNode({ urls: [elsewhere.href], application });
  for (const node of [absent, lost]) {
    listen(node);
    await eventually(() => node.logged.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300)); // Several attempts.
  }
  expect(absent.logged).toEqual([
    "warn No broker at amqp://127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1): trying again until there is one",
  ]);
  expect(lost.logged).toEqual([expect.stringContaining("does its virtual host exist")]);
});

test.each([
  [{ urls: [] }, "The address of the broker is missing"],
  [{ urls: ["http://user:s3cret@host"] }, "A broker's address is a URL such as amqp://"],
  [{ urls: ["amqp://user:s3cret@:99999"] }, "A broker's address is a URL such as amqp://"],
  [{ urls: [url], application: "my game" }, '"my game" cannot name an application'],
  [{ urls: [url], application: "amq" }, '"amq" cannot name an application'],
])("settings that cannot work are refused at once: %j", (settings, message) => {
  const create = () => createAmqpTransport({ node: "node.1", log: console, ...settings });
  expect(create).toThrow(BrokerError);
  expect(create).toThrow(message);
  expect(create).not.toThrow("s3cret");
});

test("names that do not fit into the broker's are refused where they are given", async () => {
  const node = makeNode({ urls: [url], application });
  const module = "M".repeat(200);
  expect(() => node.transport.lane({ kind: "module", module })).toThrow(RangeError);
  await expect(node.transport.serve(module)).rejects.toThrow(RangeError);
});

test("a closed transport rejects what waits for a connection, and closing is quick and can be repeated", async () => {
  const node = makeNode({ urls: ["amqp://127.0.0.1:1"], application });
  listen(node);
  const waiting = Promise.allSettled([node.transport.ready, node.transport.serve("Lobby")]);
  await node.transport.close();
  await node.transport.close();
  expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  node.send({ kind: "node", node: node.id }, ["into the void"]);
});
