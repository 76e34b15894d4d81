import fc from "fast-check";
import { generate } from "mqtt-packet";
import { describe, expect, test } from "vitest";
import { PacketSplitter } from "../../runtime/gateway/packet-splitter.js";
import { startApplication } from "./application.js";
import { admitted, connectPacket, publish, RawClient } from "./raw-client.js";

const violations: [string, number[]][] = [
  ["a PUBLISH of QoS 3", [0x36, 5, 0, 1, 0x61, 0, 1]],
  ["a PUBLISH without a topic", [0x30, 2, 0, 0]],
  ["a PUBLISH that ends inside its topic", [0x30, 4, 0, 9, 0x61, 0x61]],
  ["a PUBLISH that ends inside the length of its topic", [0x30, 1, 0]],
  ["a PUBLISH of QoS 1 without an identifier", [0x32, 3, 0, 1, 0x61]],
  ["a PUBLISH of QoS 1 with the identifier 0", [0x32, 5, 0, 1, 0x61, 0, 0]],
  ["a PUBREL with wrong flags", [0x60, 2, 0, 1]],
  ["a PUBREL without an identifier", [0x62, 0]],
  ["a SUBSCRIBE with wrong flags", [0x80, 6, 0, 1, 0, 1, 0x23, 0]],
  ["a SUBSCRIBE without filters", [0x82, 0]],
  ["a SUBSCRIBE with an identifier alone", [0x82, 2, 0, 1]],
  ["a SUBSCRIBE with the identifier 0", [0x82, 6, 0, 0, 0, 1, 0x23, 0]],
  ["a SUBSCRIBE for QoS 3", [0x82, 6, 0, 1, 0, 1, 0x23, 3]],
  ["a SUBSCRIBE with an empty filter", [0x82, 5, 0, 1, 0, 0, 0]],
  ["a SUBSCRIBE without a QoS", [0x82, 5, 0, 1, 0, 1, 0x23]],
  ["a SUBSCRIBE that ends inside its filter", [0x82, 6, 0, 1, 0, 9, 0x23, 0]],
  ["a SUBSCRIBE that ends inside the length of its filter", [0x82, 7, 0, 1, 0, 1, 0x23, 0, 0]],
  ["an UNSUBSCRIBE without filters", [0xa2, 2, 0, 1]],
  ["an UNSUBSCRIBE with wrong flags", [0xa0, 5, 0, 1, 0, 1, 0x23]],
  ["an UNSUBSCRIBE with the identifier 0", [0xa2, 5, 0, 0, 0, 1, 0x23]],
  ["a CONNACK", [0x20, 2, 0, 0]],
  ["a PINGRESP", [0xd0, 0]],
  ["a packet of type 0", [0x00, 0]],
  ["a packet of type 15", [0xf0, 0]],
  ["a length of five bytes", [0x30, 0xff, 0xff, 0xff, 0xff, 0x01]],
];

test.each(violations)("%s ends the connection, and the server goes on", async (_what, bytes) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.write(Buffer.from(bytes));
  await client.closed();
  using other = await admitted(app.mqttPort);
  other.publish("rpc/Room/note/1", "[1]");
  expect(await other.json()).toEqual({ ok: 1 });
});

test("a packet that announces more than the limit ends the connection before the rest is kept", async () => {
  await using app = await startApplication({ limits: { packetBytes: 1_000 } });
  using stranger = new RawClient(app.mqttPort);
  stranger.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  await stranger.closed();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/note", `[${" ".repeat(900)}1]`);
  await client.settle();
  expect(app.notes).toEqual([1]);
  client.write(generate(publish("rpc/Room/note", `[${" ".repeat(1_000)}1]`)).subarray(0, 5));
  await client.closed();
  expect(app.gateway.refusals["packet-bytes"]).toBe(2);
});

test("packets may come byte by byte", async () => {
  await using app = await startApplication();
  using client = new RawClient(app.mqttPort);
  for (const packet of [connectPacket(), publish("rpc/Room/note/1", "[5]")]) {
    for (const byte of generate(packet)) {
      client.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
  }
  await client.next("connack");
  expect(await client.json()).toEqual({ ok: 5 });
});

test("random bytes end a connection or do nothing, and never the server", async () => {
  await using app = await startApplication();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (bytes) => {
      using client = await admitted(app.mqttPort);
      client.write(Buffer.from(bytes));
      client.send({ cmd: "disconnect" });
      client[Symbol.dispose]();
    }),
    { numRuns: 50 },
  );
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/note/1", "[1]");
  expect(await client.json()).toEqual({ ok: 1 });
});

describe("a packet splitter", () => {
  const packets = fc.array(
    fc.record({
      topic: fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom("a", "b", "/") }),
      payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    }),
    { maxLength: 12 },
  );

  test("finds the same packets however the bytes are cut, and whenever it is held", () => {
    fc.assert(
      fc.property(packets, fc.array(fc.nat(400)), fc.array(fc.boolean()), (wanted, cuts, holds) => {
        const whole = wanted.map(({ topic, payload }) => generate(publish(topic, payload)));
        const bytes = Buffer.concat(whole);
        const found: Buffer[] = [];
        const nextHold = holds[Symbol.iterator]();
        let isHeld = false;
        const splitter = new PacketSplitter(
          {
            onPacket({ bytes: chunk, start, end }) {
              found.push(chunk.subarray(start, end));
              isHeld = nextHold.next().value === true;
              return !isHeld;
            },
            onViolation: (reason) => expect.fail(reason),
          },
          1_000,
        );
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          // A copy, as each chunk from a socket has memory of its own.
          if (at < bytes.length) splitter.push(Buffer.from(bytes.subarray(at, at + cut)));
          at += cut;
        }
        for (let i = 0; i <= whole.length; i++) splitter.resume();
        // Compared at the end: what was passed on is not written over.
        expect(found).toEqual(whole);
      }),
    );
  });

  test("reports a packet that is too long as soon as its length is there, and nothing after it", () => {
    const heard: string[] = [];
    const splitter = new PacketSplitter(
      {
        onPacket: () => heard.push("packet") > 0,
        onViolation: (reason) => heard.push(reason),
      },
      100,
    );
    splitter.push(Buffer.from([0xc0, 0, 0x30, 0xe5]));
    expect(heard).toEqual(["packet"]);
    splitter.push(Buffer.from([0x00]));
    expect(heard).toEqual(["packet", "packet of 101 bytes"]);
    splitter.push(Buffer.from([0xc0, 0]));
    expect(heard).toHaveLength(2);
  });
});
