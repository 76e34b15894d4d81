import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrokerPlace, openBroker, placeBroker, removeBroker } from "../../test/setup/rabbitmq.js";
import { toolPath } from "../../test/setup/tools.js";
import {
  type Bar,
  type Benchmark,
  type Comparison,
  LeftOut,
  type Prepared,
  type Runner,
  type Sample,
} from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";
import { readProcessCpu } from "../harness/process-cpu.js";
import type { AmqpPlace } from "../sides/amqp-place.js";
import type { CallsMade } from "../sides/calls-in-flight.js";

/** What a call to another process costs. CPU is that of the caller and the callee, and beside it the broker's. */
export const amqp: Benchmark = {
  name: "amqp",
  title: "RabbitMQ: a ten-field object to another process and back",
  comparisons: prepare,
};

/** The broker that the environment names, or one for this run alone. */
async function prepare(): Promise<Prepared> {
  const place = await findBroker();
  if (place.own !== undefined) await openBroker(place).start();
  return {
    comparisons: [
      compareWays(place, 1, [{ kind: "latency", times: 1.2 }]),
      compareWays(place, 16, []),
      compareWays(place, 256, [{ kind: "throughput", times: 8 }]),
    ],
    close: () => removeBroker(place),
  };
}

/** Where the broker of this run is, which is to be started if it is its own. */
export async function findBroker(): Promise<BrokerPlace> {
  try {
    if (process.env.ANTWIRE_TEST_AMQP_URL === undefined) toolPath("rabbitmq_server");
  } catch {
    throw new LeftOut("there is no rabbitmq-server here, and ANTWIRE_TEST_AMQP_URL names no broker");
  }
  return await placeBroker();
}

function compareWays(place: BrokerPlace, inFlight: number, bars: readonly Bar[]): Comparison {
  return {
    title: `${inFlight} in flight`,
    floor: { label: "amqplib, one message a call", open: () => openSide("amqp-raw", place, inFlight) },
    subject: { label: "stub of a module", open: () => openSide("amqp-calls", place, inFlight) },
    bars,
  };
}

async function openSide(side: string, { url, own }: BrokerPlace, inFlight: number): Promise<Runner> {
  const meeting: AmqpPlace = { url, application: `bench-${process.pid}-${inFlight}` };
  const callee = await startChild(side);
  const caller = await startChild(side);
  await callee.request("serve", meeting);
  await caller.request("open", meeting);
  // One at a time, calls are too few for the engine to compile what makes them.
  await caller.request("run", { inFlight: 64, seconds: 2 });
  const broker = own && Number(readFileSync(join(own.folder, "pid"), "utf8"));
  const readCalleeCpu = async () => {
    const { user, system } = await callee.request<NodeJS.CpuUsage>("cpu");
    return user + system;
  };
  return {
    async run(seconds): Promise<Sample> {
      const calleeBefore = await readCalleeCpu();
      const brokerBefore = broker && readProcessCpu(broker);
      const { calls, ...sample } = await caller.request<CallsMade>("run", { inFlight, seconds });
      return {
        ...sample,
        cpu: sample.cpu + ((await readCalleeCpu()) - calleeBefore) / calls,
        ...(broker !== undefined &&
          brokerBefore !== undefined && { brokerCpu: (readProcessCpu(broker) - brokerBefore) / calls }),
      };
    },
    async close() {
      await caller.close();
      await callee.close();
    },
  };
}
