import fc from "fast-check";
import { expect, test } from "vitest";
import { frameKind } from "../../runtime/remote/frame.js";
import type { Delivery, Frame } from "../../runtime/transport/transport.js";
import { tooManyTags } from "../call/stage.js";
import { Nodes } from "./nodes.js";

/** Two nodes with a method of each kind. */
async function pair() {
  const nodes = new Nodes();
  const [caller, callee] = [nodes.node("caller"), nodes.node("callee")];
  await nodes.method((tags) => tags, [callee], { name: "call", failures: [tooManyTags] });
  await nodes.method(() => {}, [callee], { name: "wave", kind: "oneway" });
  await nodes.method(
    async function* (tags) {
      for (;;) yield tags;
    },
    [callee],
    { name: "stream", kind: "stream" },
  );
  return { nodes, caller, callee };
}

class Counted implements Delivery {
  readonly from: string;
  readonly redelivered: boolean;
  times = 0;

  constructor(from: string, redelivered = false) {
    this.from = from;
    this.redelivered = redelivered;
  }

  done(): void {
    this.times++;
  }
}

const id = fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.integer(), fc.double(), fc.anything());
const name = fc.oneof(
  fc.constantFrom("Stage", "call", "wave", "stream", "constructor", "__proto__", "toString"),
  fc.string(),
  fc.anything(),
);
const reply = fc.oneof(
  fc.tuple(
    fc.constant(1),
    fc.constantFrom("failed", "invalid-argument", "resource-exhausted", 7, null),
    fc.anything(),
    fc.oneof(fc.anything(), fc.tuple(fc.constant("TooManyTags"), fc.anything())),
  ),
  fc.anything(),
);
const call = fc.tuple(
  fc.constant(frameKind.call),
  id,
  name,
  name,
  fc.oneof(fc.constant([["a"]]), fc.anything()),
  fc.oneof(fc.constant(1_000), fc.constantFrom(0, -1, Number.NaN, 1e300), fc.anything()),
  fc.anything(),
  fc.oneof(fc.constant(7), fc.anything()),
);
const kind = fc.constantFrom<unknown>(...Object.values(frameKind), -1, 10, "0", null, undefined);
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.tuple(kind, id),
  fc.tuple(kind, fc.array(id)),
  fc.tuple(kind, id, fc.oneof(fc.constant(["a"]), fc.anything())),
  fc.tuple(fc.constant(frameKind.error), id, reply),
  call,
  fc.array(fc.anything()),
);

test("whatever another node sends, nothing throws, every frame is acknowledged, and nothing stays behind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 30 }), fc.boolean(), async (frames, redelivered) => {
      const { nodes, caller, callee } = await pair();
      const deliveries: Counted[] = [];
      const method = nodes.methods.get("Stage.call");
      const items = nodes.methods.get("Stage.stream");
      if (method === undefined || items === undefined) throw new Error("no methods");
      nodes.network.fate = ({ from }) => (from === "caller" ? "is dropped" : "arrives");
      // Calls for the answers to meet.
      const ends = [
        caller.stage.caller.call(method, undefined, [["a"]], { timeout: 300 }),
        caller.stage.caller
          .stream(items, undefined, [["a"]], { timeout: 300 })
          [Symbol.asyncIterator]()
          .next(),
      ].map((end) => end.catch(() => {}));
      for (const each of frames) {
        for (const node of [caller, callee]) {
          const delivery = new Counted(node === caller ? "callee" : "caller", redelivered);
          deliveries.push(delivery);
          node.transport.listener?.onFrame(each, delivery);
        }
        await nodes.travel();
      }
      await nodes.pass(500);
      await Promise.all(ends);
      nodes.network.fate = () => "arrives";
      await nodes.expectNothingLeft();
      expect(deliveries.filter(({ times }) => times !== 1)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["a result for a stream", "stream", [frameKind.result, 1, ["a"]]],
  ["an item for a call", "call", [frameKind.next, 1, ["a"]]],
  ["the end of a stream for a call", "call", [frameKind.done, 1]],
] as const)("%s is internal", async (_, called, answer) => {
  const { nodes, caller } = await pair();
  nodes.network.fate = ({ from }) => (from === "caller" ? "is dropped" : "arrives");
  const method = nodes.methods.get(`Stage.${called}`);
  if (method === undefined) throw new Error("no method");
  const end =
    called === "call"
      ? caller.stage.caller.call(method, undefined, [["a"]], undefined)
      : caller.stage.caller
          .stream(method, undefined, [["a"]], undefined)
          [Symbol.asyncIterator]()
          .next();
  caller.transport.listener?.onFrame(answer, new Counted("callee"));
  await expect(end).rejects.toMatchObject({ code: "internal" });
  nodes.network.fate = () => "arrives";
  await nodes.expectNothingLeft();
});

test("a stream that nobody reads is not begun", async () => {
  const { nodes, callee } = await pair();
  const delivery = new Counted("caller");
  const frame = [frameKind.call, 0, "Stage", "stream", [["a"]], 1_000, null, 7];
  callee.transport.listener?.onFrame(frame, delivery);
  expect(delivery.times).toBe(1);
  expect(callee.stage.logged).toMatchObject([{ fields: { method: "Stage.stream", code: "unimplemented" } }]);
  await nodes.expectNothingLeft();
});

test("an error that says nothing is internal", async () => {
  const { nodes, caller } = await pair();
  nodes.network.fate = () => "is dropped";
  const method = nodes.methods.get("Stage.call");
  if (method === undefined) throw new Error("no method");
  const end = caller.stage.caller.call(method, undefined, [["a"]], undefined);
  caller.transport.listener?.onFrame([frameKind.error, 1, "?"], new Counted("callee"));
  await expect(end).rejects.toMatchObject({ code: "internal" });
});
