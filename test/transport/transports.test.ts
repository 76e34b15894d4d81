import { expect, test } from "vitest";
import { createLinks } from "../../runtime/thread/link.js";
import { ThreadTransport } from "../../runtime/thread/thread-transport.js";
import { Inbox, until } from "../thread/inbox.js";
import { Exchange } from "./memory-transport.js";
import { transportSuite } from "./transport-suite.js";

transportSuite("in memory", () => {
  const exchange = new Exchange();
  return {
    async join(node, listener) {
      const transport = exchange.join(node);
      transport.listen(listener);
      return transport;
    },
  };
});

transportSuite("through message ports", () => {
  const joined: { readonly node: string; readonly transport: ThreadTransport }[] = [];
  return {
    async join(node, listener) {
      const transport = new ThreadTransport([]);
      transport.listen(listener);
      for (const other of joined) {
        const [own, others] = createLinks(node, other.node);
        transport.connect(own);
        other.transport.connect(others);
      }
      joined.push({ node, transport });
      return transport;
    },
  };
});

test("what does not fit into memory comes back", async () => {
  const exchange = new Exchange();
  const [sender, receiver] = [exchange.join("a.1"), exchange.join("b.1")];
  const [senderInbox, inbox] = [new Inbox(), new Inbox()];
  sender.listen(senderInbox);
  receiver.listen(inbox);
  await receiver.serve("Chat");
  const lane = sender.lane({ kind: "module", module: "Chat" });
  for (let number = 0; number < 100_010; number++) lane.send([number], 10_000);
  await until(() => inbox.frames.length === 100_000);
  expect(senderInbox.undelivered.map(({ frame: [number], why }) => [number, why])).toEqual(
    Array.from({ length: 10 }, (_, i) => [100_000 + i, "full"]),
  );
});
