import { afterEach, describe, expect, test } from "vitest";
import type { NodeId, Transport, TransportListener } from "../../runtime/transport/transport.js";
import { Inbox, until } from "../thread/inbox.js";

/** Where transports of one kind meet. */
export interface Meeting {
  /** A transport for one more node, which has what it needs to begin, the listener included. */
  join(node: NodeId, listener: TransportListener): Promise<Transport>;
}

/** What transports keep to, below all calls: the same tests for each of them. */
export function transportSuite(name: string, meet: () => Meeting): void {
  describe(name, () => {
    const open: Transport[] = [];

    afterEach(async () => {
      await Promise.all(open.splice(0).map((transport) => transport.close()));
    });

    async function start(...nodes: NodeId[]): Promise<(readonly [Transport, Inbox])[]> {
      const meeting = meet();
      const joined: (readonly [Transport, Inbox])[] = [];
      for (const node of nodes) {
        const inbox = new Inbox();
        const transport = await meeting.join(node, inbox);
        open.push(transport);
        joined.push([transport, inbox]);
      }
      return joined;
    }

    /** Two nodes, which most tests need. */
    async function startTwo() {
      const [one, other] = await start("a.1", "b.1");
      if (one === undefined || other === undefined) throw new Error("There are not two nodes");
      return { sender: one[0], senderInbox: one[1], receiver: other[0], inbox: other[1] };
    }

    test("frames arrive whole, in the order of sending, with the node that sent them", async () => {
      const { sender, receiver, inbox } = await startTwo();
      await receiver.serve("Chat");
      const lane = sender.lane({ kind: "module", module: "Chat" });
      const values = [
        "text",
        0.5,
        -7,
        2n ** 60n,
        true,
        null,
        Uint8Array.of(0, 255),
        [1, [2]],
        { key: "value" },
      ];
      for (let number = 0; number < 500; number++) lane.send([number, values], 10_000);
      await until(() => inbox.frames.length >= 500);
      expect(inbox.frames.map(([number]) => number)).toEqual(Array.from({ length: 500 }, (_, i) => i));
      const [, arrived] = inbox.frames[499] ?? [];
      expect(arrived).toHaveLength(values.length);
      expect(new Uint8Array((arrived as Uint8Array[])[6] ?? [])).toEqual(Uint8Array.of(0, 255));
      expect((arrived as unknown[]).toSpliced(6, 1)).toEqual(values.toSpliced(6, 1));
      for (const delivery of inbox.deliveries) {
        expect(delivery).toMatchObject({ from: "a.1", redelivered: false });
        delivery.done();
      }
    });

    test("a frame to a module goes to one of the nodes that serve it, and all get some", async () => {
      const [sender, first, second] = await start("a.1", "b.1", "c.1");
      await first?.[0].serve("Chat");
      await second?.[0].serve("Chat");
      const lane = sender?.[0].lane({ kind: "module", module: "Chat" });
      const taken = () => [first, second].flatMap((node) => node?.[1].frames ?? []);
      for (let number = 0; number < 100; number++) {
        lane?.send([number], 10_000);
        // In messages of their own: what is bundled goes to one node.
        await until(() => taken().length === number + 1);
        for (const node of [first, second]) {
          for (const delivery of node?.[1].deliveries.splice(0) ?? []) delivery.done();
        }
      }
      expect(new Set(taken().map(([number]) => number)).size).toBe(100);
      expect(first?.[1].frames).not.toEqual([]);
      expect(second?.[1].frames).not.toEqual([]);
    });

    test("a frame to a topic reaches all that listen, and comes back from nowhere", async () => {
      const [sender, first, second, deaf] = await start("a.1", "b.1", "c.1", "d.1");
      const lane = sender?.[0].lane({ kind: "topic", topic: "news" });
      sender?.[0].lane({ kind: "topic", topic: "secrets" }).send(["to nobody"], 10_000);
      await first?.[0].subscribe("news");
      await second?.[0].subscribe("news");
      lane?.send(["to two"], 10_000);
      for (const node of [first, second]) await until(() => node?.[1].frames.length === 1);
      await second?.[0].unsubscribe("news");
      lane?.send(["to one"], 10_000);
      await until(() => first?.[1].frames.length === 2);
      expect(first?.[1].frames.map(([text]) => text)).toEqual(["to two", "to one"]);
      expect(second?.[1].frames).toHaveLength(1);
      expect(deaf?.[1].frames).toEqual([]);
      expect(sender?.[1].undelivered).toEqual([]);
    });

    test("a frame to nobody comes back, and not before it has been sent", async () => {
      const { sender, senderInbox, receiver } = await startTwo();
      const address = { kind: "module", module: "Absent" } as const;
      const frame = ["nobody hears it"];
      sender.lane(address).send(frame, 10_000);
      expect(senderInbox.undelivered).toEqual([]);
      await until(() => senderInbox.undelivered.length === 1);
      expect(senderInbox.undelivered).toMatchObject([{ frame, address, why: "nobody" }]);
      const toNode = { kind: "node", node: "z.1" } as const;
      sender.lane(toNode).send(frame, 10_000);
      await until(() => senderInbox.undelivered.length === 2);
      expect(senderInbox.undelivered[1]).toMatchObject({ frame, address: toNode, why: "nobody" });
      await receiver.serve("Present");
      await receiver.retire("Present");
      sender.lane({ kind: "module", module: "Present" }).send(frame, 10_000);
      await until(() => senderInbox.undelivered.length === 3);
    });

    test("what one sends before it closes arrives", async () => {
      const { sender, receiver, inbox } = await startTwo();
      await receiver.serve("Chat");
      const lane = sender.lane({ kind: "module", module: "Chat" });
      for (let number = 0; number < 100; number++) lane.send([number], 10_000);
      open.splice(open.indexOf(sender), 1);
      await sender.close();
      await until(() => inbox.frames.length === 100);
    });
  });
}
