import { build } from "hdr-histogram-js";
import type { Benchmark, Comparison, Runner, Sample } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";

/** What a push to many costs the server. */
export const fanOut: Benchmark = {
  name: "fan-out",
  title: "Fan-out: a push to the members of a group against one ready-made frame written to each socket",
  comparisons: [comparePushes(1000), comparePushes(5000)],
};

function comparePushes(members: number): Comparison {
  return {
    title: `${members.toLocaleString("en")} members (a call is a delivery; p50 and p99 until the last member has it)`,
    floor: { label: "ready-made frame", open: () => openSide("floor-server", members) },
    subject: { label: "push.news.toGroup()", open: () => openSide("antwire-server", members) },
    bars: [{ kind: "within", times: 1.2 }],
  };
}

async function openSide(side: string, members: number): Promise<Runner> {
  const server = await startChild(side);
  const load = await startChild("load");
  await load.request("open", { port: await server.request<number>("listen"), connections: members });
  await load.request("listen", { route: "Bench/listen", topic: "on/Bench/news" });
  let pushes = 0;
  return {
    async run(seconds): Promise<Sample> {
      const histogram = build({ numberOfSignificantValueDigits: 3 });
      const before = pushes;
      const start = performance.now();
      let now = start;
      await server.request("begin");
      while (now < start + seconds * 1000) {
        const allHeard = load.request("hear", ++pushes);
        await server.request("push");
        await allHeard;
        const then = now;
        now = performance.now();
        histogram.recordValue(Math.round((now - then) * 1000));
      }
      const cpu = await server.request<number>("end");
      const deliveries = (pushes - before) * members;
      return {
        callsPerSecond: (deliveries * 1000) / (now - start),
        cpu: cpu / deliveries,
        p50: histogram.getValueAtPercentile(50),
        p99: histogram.getValueAtPercentile(99),
      };
    },
    async close() {
      await load.close();
      await server.close();
    },
  };
}
