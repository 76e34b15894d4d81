import { provideTools, toolPath } from "../../test/setup/tools.js";
import type { Benchmark, Comparison, Prepared, Runner, Sample, Side } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";
import { startMosquitto } from "../harness/mosquitto.js";

const members = 5_000;
const bytes = 100;

/** How soon the members of a large group have a push. */
export const group: Benchmark = {
  name: "group",
  title: `A push of ${bytes} bytes to ${members.toLocaleString("en")} members of one group: until each has it`,
  comparisons: prepare,
};

async function prepare(): Promise<Prepared> {
  const comparison: Comparison = {
    title: "one push after the other (a call is a delivery)",
    floor: { label: "ready-made frame", open: () => openServer("floor-server") },
    rivals: findRivals(),
    subject: { label: "push.news.toGroup()", open: () => openServer("antwire-server") },
    bars: [{ kind: "tail", milliseconds: 500 }],
  };
  return { comparisons: [comparison], close: async () => {} };
}

function findRivals(): Side[] {
  try {
    provideTools(["mosquitto"]);
  } catch (error) {
    console.error(`mosquitto is left out: ${error instanceof Error ? error.message : error}`);
    return [];
  }
  return [{ label: "mosquitto", open: openMosquitto }];
}

async function openServer(side: string): Promise<Runner> {
  const server = await startChild(side);
  const load = await startChild("group-load");
  const port = await server.request<number>("listen");
  const topic = "on/Bench/news";
  await load.request("open", { port, members, topic, route: "Bench/listen" });
  return {
    async run(seconds) {
      await server.request("begin");
      const sample = await measure(seconds, {
        hear: () => load.request<Float64Array>("hear"),
        push: () => server.request<number>("pushBytes", bytes),
      });
      const cpu = await server.request<number>("end");
      return { ...sample, cpu: cpu / sample.deliveries };
    },
    async close() {
      await load.close();
      await server.close();
    },
  };
}

async function openMosquitto(): Promise<Runner> {
  const mosquitto = await startMosquitto(toolPath("mosquitto"));
  const load = await startChild("group-load");
  const publisher = await startChild("group-publisher");
  await load.request("open", { port: mosquitto.port, members, topic: "news", route: undefined });
  await publisher.request("open", { port: mosquitto.port, topic: "news", bytes });
  return {
    async run(seconds) {
      const before = mosquitto.readCpu();
      const sample = await measure(seconds, {
        hear: () => load.request<Float64Array>("hear"),
        push: () => publisher.request<number>("push"),
      });
      return { ...sample, cpu: (mosquitto.readCpu() - before) / sample.deliveries };
    },
    async close() {
      await publisher.close();
      await load.close();
      await mosquitto.close();
    },
  };
}

/** The two ends of a push. Times are in milliseconds of the machine's clock. */
interface Ends {
  /** Resolves when everybody has heard one more push, with when each did. */
  hear(): Promise<Float64Array>;
  /** Pushes once, and says when it began. */
  push(): Promise<number>;
}

async function measure(
  seconds: number,
  { hear, push }: Ends,
): Promise<Omit<Sample, "cpu"> & { deliveries: number }> {
  const times: number[] = [];
  const start = performance.now();
  while (times.length === 0 || performance.now() < start + seconds * 1000) {
    const heard = hear();
    const began = await push();
    for (const at of await heard) times.push((at - began) * 1000);
  }
  const took = performance.now() - start;
  times.sort((a, b) => a - b);
  const percentile = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN;
  return {
    callsPerSecond: (times.length * 1000) / took,
    p50: percentile(0.5),
    p99: percentile(0.99),
    deliveries: times.length,
  };
}
