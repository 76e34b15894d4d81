import type { Bar, Benchmark, Comparison, Runner, Sample } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";
import type { Operation, Shape } from "../sides/codec.js";

/** What it costs to turn values into bytes and back. */
export const codec: Benchmark = {
  name: "codec",
  title:
    "Codec: generated codec and positional MessagePack against msgpackr's maps and JSON without validation",
  comparisons: [
    compareCodecs("flat", "encode", { kind: "faster", times: 2 }),
    compareCodecs("flat", "decode", { kind: "faster", times: 2 }),
    compareCodecs("nested", "encode", { kind: "faster", times: 2 }),
    compareCodecs("nested", "decode", { kind: "faster", times: 3 }),
  ],
};

function compareCodecs(shape: Shape, operation: Operation, bar: Bar): Comparison {
  const value = shape === "flat" ? "a flat object of ten fields" : "nested objects";
  return {
    title: `${operation} ${value}`,
    floor: { label: "msgpackr maps", open: () => openSide("codec-maps", shape, operation) },
    rivals: [{ label: "JSON", open: () => openSide("codec-json", shape, operation) }],
    subject: { label: `${operation} and check`, open: () => openSide("codec-antwire", shape, operation) },
    bars: [bar],
  };
}

async function openSide(side: string, shape: Shape, operation: Operation): Promise<Runner> {
  const child = await startChild(side);
  return {
    run: (seconds) => child.request<Sample>("run", { shape, operation, seconds }),
    close: child.close,
  };
}
