import fc from "fast-check";
import mqttPacket, { type Packet } from "mqtt-packet";
import { describe, expect, test } from "vitest";
import type { ServerPacket } from "../../runtime/client/packet.js";
import {
  disconnect,
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
  encodeUnsubscribe,
  pingRequest,
} from "../../runtime/client/packet-encode.js";
import { maxPacketBytes, PacketParser } from "../../runtime/client/packet-parser.js";
import { RpcError } from "../../runtime/error/rpc-error.js";

// Strings of MQTT are well-formed, and mqtt-packet refuses empty topics and ids of 0.
const text = fc.string({ unit: "grapheme", maxLength: 200 });
const topic = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
const id = fc.integer({ min: 1, max: 0xffff });
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.uint8Array({ minLength: 120, maxLength: 140 }),
  fc.nat(40_000).map((length) => new Uint8Array(length).fill(7)),
);

describe("encoding", () => {
  test("a CONNECT is what mqtt-packet writes", () => {
    const option = fc.option(
      text.filter((text) => text !== ""),
      { nil: undefined },
    );
    fc.assert(
      fc.property(option, option, fc.nat(0xffff), fc.boolean(), (username, password, keepAlive, clean) => {
        fc.pre(username !== undefined || password === undefined);
        const clientId = clean ? "" : "session"; // An empty one goes with a clean session [MQTT-3.1.3-7].
        const connect: Packet = { cmd: "connect", clientId, clean, keepalive: keepAlive };
        const expected = mqttPacket.generate({
          ...connect,
          ...(username === undefined ? {} : { username }),
          ...(password === undefined ? {} : { password: Buffer.from(password) }),
        });
        const bytes = encodeConnect({ username, password, keepAlive, clientId, clean });
        expect(Buffer.from(bytes)).toEqual(expected);
      }),
    );
  });

  test("an empty user name is one", () => {
    const connect = { username: "", password: "token", keepAlive: 20, clientId: "", clean: true };
    expect(parseClient(encodeConnect(connect))).toMatchObject([
      { cmd: "connect", username: "", clean: true, clientId: "" },
    ]);
  });

  test("a user name longer than MQTT allows is refused", () => {
    const username = "x".repeat(70_000);
    const connect = { username, password: undefined, keepAlive: 20, clientId: "", clean: true };
    expect(() => encodeConnect(connect)).toThrow(RpcError);
  });

  test("a PUBLISH is what mqtt-packet writes", () => {
    fc.assert(
      fc.property(topic, payload, (topic, payload) => {
        const packet = { cmd: "publish", topic, qos: 0, retain: false, dup: false } as const;
        const expected = mqttPacket.generate({ ...packet, payload: Buffer.from(payload) });
        expect(Buffer.from(encodePublish(topic, payload)).equals(expected)).toBe(true);
      }),
    );
  });

  test("a PUBLISH of two million bytes is what mqtt-packet writes", () => {
    const payload = Buffer.alloc(2_100_000, 1);
    const packet = { cmd: "publish", topic: "t", payload, qos: 0, retain: false, dup: false } as const;
    expect(Buffer.from(encodePublish("t", payload)).equals(mqttPacket.generate(packet))).toBe(true);
  });

  test("SUBSCRIBE and UNSUBSCRIBE are what mqtt-packet writes", () => {
    fc.assert(
      fc.property(id, fc.array(topic, { minLength: 1, maxLength: 50 }), (messageId, topics) => {
        const qos = messageId % 2 === 0 ? 0 : 1;
        const subscriptions = topics.map((topic) => ({ topic, qos }) as const);
        expect(Buffer.from(encodeSubscribe(messageId, topics, qos))).toEqual(
          mqttPacket.generate({ cmd: "subscribe", messageId, subscriptions }),
        );
        const [first = ""] = topics;
        expect(Buffer.from(encodeUnsubscribe(messageId, first))).toEqual(
          mqttPacket.generate({ cmd: "unsubscribe", messageId, unsubscriptions: [first] }),
        );
      }),
    );
  });

  test("PINGREQ, PUBACK and DISCONNECT are what mqtt-packet writes", () => {
    expect(Buffer.from(encodePuback(513))).toEqual(mqttPacket.generate({ cmd: "puback", messageId: 513 }));
    expect(Buffer.from(pingRequest)).toEqual(mqttPacket.generate({ cmd: "pingreq" }));
    expect(Buffer.from(disconnect)).toEqual(mqttPacket.generate({ cmd: "disconnect" }));
  });
});

const serverPacket = fc.oneof(
  fc.nat(5).map((code): ServerPacket => ({ kind: "connack", sessionPresent: code === 0, code })),
  fc.record({
    kind: fc.constant("publish" as const),
    topic,
    payload,
    delivery: fc.option(fc.record({ id, dup: fc.boolean() }), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant("suback" as const),
    id,
    codes: fc.array(fc.constantFrom(0, 0x80), { minLength: 1 }).map((codes) => Uint8Array.from(codes)),
  }),
  fc.record({ kind: fc.constant("unsuback" as const), id }),
  fc.constant<ServerPacket>({ kind: "pingresp" }),
);

describe("parsing", () => {
  test("finds the packets however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(serverPacket, { maxLength: 20 }),
        fc.infiniteStream(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.nat(5000))),
        (packets, sizes) => {
          const bytes = Buffer.concat(packets.map(write));
          const chunks: Uint8Array[] = [];
          for (let start = 0; start < bytes.length; ) {
            const size = sizes.next().value;
            chunks.push(bytes.subarray(start, start + size));
            start += size;
          }
          expect(parse(chunks).map(show)).toEqual(packets.map(show));
        },
      ),
    );
  });

  test("finds the packets cut in two anywhere, and byte by byte", () => {
    const packets: ServerPacket[] = [
      { kind: "connack", sessionPresent: true, code: 0 },
      { kind: "publish", topic: "re/1", payload: new Uint8Array(200).fill(1), delivery: undefined },
      { kind: "publish", topic: "on/x", payload: Uint8Array.of(1), delivery: { id: 513, dup: true } },
      { kind: "suback", id: 513, codes: Uint8Array.of(0, 0x80) },
      { kind: "pingresp" },
      { kind: "publish", topic: "on/Größe/π", payload: new Uint8Array(0), delivery: undefined },
      { kind: "unsuback", id: 2 },
    ];
    const bytes = new Uint8Array(Buffer.concat(packets.map(write)));
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(packets);
    }
    expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(packets);
  });

  test("ignores RETAIN, which a server may set", () => {
    expect(parse([Uint8Array.of(0x31, 4, 0, 1, 0x74, 9)])).toEqual([
      { kind: "publish", topic: "t", payload: Uint8Array.of(9), delivery: undefined },
    ]);
  });

  test.each([
    ["a packet that only clients send", [0x10, 0]],
    ["a packet of no type", [0x00, 0]],
    ["a packet of MQTT 5", [0xf0, 0]],
    ["a CONNACK that is too long", [0x20, 3, 0, 0, 0]],
    ["a CONNACK with flags in its type", [0x21, 2, 0, 0]],
    ["a PUBLISH at QoS 1 without an id", [0x32, 4, 0, 1, 0x74, 0]],
    ["a PUBLISH at QoS 2", [0x34, 6, 0, 1, 0x74, 0, 1, 9]],
    ["a PUBLISH at QoS 0 with DUP", [0x38, 4, 0, 1, 0x74, 9]],
    ["a PUBLISH without a topic", [0x30, 1, 0]],
    ["a PUBLISH whose topic goes beyond it", [0x30, 3, 0, 5, 0x74]],
    ["a topic that is not UTF-8", [0x30, 3, 0, 1, 0xff]],
    ["a SUBACK without a code", [0x90, 2, 0, 1]],
    ["a PINGRESP with a body", [0xd0, 1, 0]],
    ["a length of five bytes", [0x30, 0x80, 0x80, 0x80, 0x80, 1]],
    ["a packet longer than a client takes", [0x30, 0xff, 0xff, 0xff, 0x7f]],
    ["HTTP", [...Buffer.from("HTTP/1.1 400 Bad Request\r\n")]],
  ])("refuses %s", (_what, bytes) => {
    expect(() => parse([Uint8Array.from(bytes)])).toThrow();
  });

  test("takes a packet of the greatest length, in small chunks", () => {
    const length = maxPacketBytes;
    const header = Uint8Array.of(0x30, (length & 127) | 128, ((length >> 7) & 127) | 128, 0x80, length >> 21);
    header[3] = ((length >> 14) & 127) | 128;
    const chunks = [header, Uint8Array.of(0, 1, 0x74)];
    for (let rest = length - 3; rest > 0; rest -= 65_536) chunks.push(new Uint8Array(Math.min(rest, 65_536)));
    const [packet] = parse(chunks);
    expect(packet?.kind === "publish" && packet.payload.length).toBe(length - 3);
  });
});

function parse(chunks: readonly Uint8Array[]): ServerPacket[] {
  const packets: ServerPacket[] = [];
  const parser = new PacketParser((packet) => {
    packets.push(packet.kind === "publish" ? { ...packet, payload: new Uint8Array(packet.payload) } : packet);
  });
  for (const chunk of chunks) parser.push(chunk);
  return packets.map((packet) =>
    packet.kind === "suback" ? { ...packet, codes: new Uint8Array(packet.codes) } : packet,
  );
}

/** One line for a packet: comparing thousands of bytes as values takes seconds. */
function show(packet: ServerPacket): string {
  if (packet.kind !== "publish") return JSON.stringify(packet);
  const delivery = JSON.stringify(packet.delivery);
  return `${packet.topic} ${delivery} ${Buffer.from(packet.payload).toString("base64")}`;
}

function parseClient(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  const parser = mqttPacket.parser();
  parser.on("packet", (packet) => packets.push(packet));
  parser.parse(Buffer.from(bytes));
  return packets;
}

function write(packet: ServerPacket): Buffer {
  switch (packet.kind) {
    case "connack":
      return mqttPacket.generate({
        cmd: "connack",
        returnCode: packet.code,
        sessionPresent: packet.sessionPresent,
      });
    case "publish": {
      const { topic, delivery } = packet;
      const payload = Buffer.from(packet.payload);
      const same = { cmd: "publish", topic, payload, retain: false } as const;
      return delivery === undefined
        ? mqttPacket.generate({ ...same, qos: 0, dup: false })
        : mqttPacket.generate({ ...same, qos: 1, dup: delivery.dup, messageId: delivery.id });
    }
    case "suback":
      return mqttPacket.generate({ cmd: "suback", messageId: packet.id, granted: [...packet.codes] });
    case "unsuback":
      return mqttPacket.generate({ cmd: "unsuback", messageId: packet.id, granted: [] });
    case "pingresp":
      return mqttPacket.generate({ cmd: "pingresp" });
  }
}
