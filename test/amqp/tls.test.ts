import { afterEach, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { start } from "../setup/run.js";
import { eventually } from "./eventually.js";
import { closeNodes, freshApplication, listen, makeNode, startNode } from "./node.js";

const broker = useBroker();
const application = freshApplication();

afterEach(closeNodes);

// A broker from `ANTWIRE_TEST_AMQP_URL` may have no TLS, or a certificate that these tests do not know.
const withOwnBroker = test.runIf(broker.isOwn);

withOwnBroker("frames go over TLS where the address says amqps", async () => {
  // Node reads which certificates it trusts when it starts, so this takes a process of its own.
  const server = start(
    process.execPath,
    ["--import", "tsx", "test/amqp/server.ts", broker.secure.url, application],
    { env: { NODE_EXTRA_CA_CERTS: broker.secure.certificate } },
  );
  await server.until((output) => output.includes("serving"));
  const caller = await startNode({ urls: [broker.url], application });
  caller.send({ kind: "module", module: "Lobby" }, [2]);
  await caller.has(1);
  expect(caller.frames()).toEqual([["done", 2]]);
  const protocols = await broker.ctl("list_connections", "ssl");
  expect(protocols).toContain("true");
  server.process.kill("SIGTERM");
  await server.ended;
});

test.runIf(broker.isOwn)(
  "a certificate that nobody vouches for is told of in one line, and not trusted",
  async () => {
    const node = makeNode({ urls: [broker.secure.url], application });
    listen(node);
    await eventually(() => node.logged.length > 0);
    expect(node.logged).toEqual([
      expect.stringMatching(/^warn No broker at amqps:.*self-signed certificate/),
    ]);
  },
);
