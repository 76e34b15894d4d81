import { expect, test } from "vitest";
import { completeOptions } from "../../runtime/amqp/amqp-options.js";
import { Fifo } from "../../runtime/amqp/fifo.js";
import { keep, type Message, makeMessages, readBody } from "../../runtime/amqp/message.js";
import { createNames } from "../../runtime/amqp/names.js";
import type { Address, Frame } from "../../runtime/transport/transport.js";

const names = createNames(completeOptions({ urls: [], node: "node.1", log: console }));

function make(address: Address, frames: Frame[]): Message[] {
  const messages: Message[] = [];
  const parcel = { route: names.routeTo(address), frames, lifetime: 500 };
  makeMessages("node.1", parcel, 1_000, (message) => messages.push(keep(message)));
  return messages;
}

const module: Address = { kind: "module", module: "Lobby" };
const node: Address = { kind: "node", node: "node.2" };

test.each([1, 15, 16, 63, 64, 65, 128, 129, 1_000])(
  "%i frames are spread evenly and kept in order",
  (count) => {
    const frames = Array.from({ length: count }, (_, index) => [index]);
    for (const address of [module, node]) {
      const messages = make(address, frames);
      expect(messages.flatMap(({ body }) => readBody(body)?.frames)).toEqual(frames);
      const sizes = messages.map((message) => message.frames);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      if (address === module && count >= 16) expect(sizes.length % 2).toBe(0);
      expect(messages.every(({ expiresAt }) => expiresAt === 1_500)).toBe(true);
    }
  },
);

test("messages of large frames have fewer of them, and at least one", () => {
  const frames = Array.from({ length: 64 }, (_, index) => [
    index,
    new Uint8Array(index === 20 ? 1_000_000 : 30_000),
  ]);
  const messages = make(node, frames);
  expect(messages.flatMap(({ body }) => readBody(body)?.frames.map(([index]) => index))).toEqual(
    frames.map(([index]) => index),
  );
  for (const { frames: count, body } of messages) {
    if (count > 1) expect(body.length).toBeLessThanOrEqual(256 * 1024);
  }
  expect(messages.length).toBeLessThan(16);
});

test("a body that is none is told from one", () => {
  const [message] = make(node, [["frame"]]);
  expect(readBody(message?.body ?? new Uint8Array())).toEqual({ from: "node.1", frames: [["frame"]] });
  const wrong = [
    [],
    [0xc1],
    [0x01],
    [0x92, 0x01, 0x90],
    [0x92, 0xa1, 0x61, 0x91, 0x01],
    [0x92, 0xa1],
    [0x93, 0xa1, 0x61, 0x90, 0x90],
  ];
  for (const bytes of wrong) expect(readBody(Uint8Array.from(bytes))).toBeUndefined();
});

test("what goes in first comes out first, however much there is", () => {
  const fifo = new Fifo<number>();
  const out: (number | undefined)[] = [];
  let next = 0;
  for (let round = 0; round < 50; round++) {
    for (let count = 0; count < 100; count++) fifo.push(next++);
    for (let count = 0; count < 60; count++) out.push(fifo.shift());
    expect(fifo.peek()).toBe(out.length);
  }
  while (!fifo.isEmpty) out.push(fifo.shift());
  expect(out).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
  expect([fifo.shift(), fifo.peek()]).toEqual([undefined, undefined]);
});
