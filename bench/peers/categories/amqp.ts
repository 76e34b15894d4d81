import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrokerPlace, openBroker, removeBroker } from "../../../test/setup/rabbitmq.js";
import { findBroker } from "../../benchmarks/amqp.js";
import type { Runner, Sample } from "../../harness/benchmark.js";
import { readProcessCpu } from "../../harness/process-cpu.js";
import type { CallsMade } from "../../sides/calls-in-flight.js";
import type { Category, Contest, Peer, Prepared } from "../harness/peer.js";
import { startSide } from "../harness/start-side.js";
import type { Meeting } from "../sides/amqp/meeting.js";

/** A call to a module in another process, over RabbitMQ. */
export const amqp: Category = {
  name: "amqp",
  title: "A call to another process over RabbitMQ",
  cpu: "of caller and callee together",
  prepare,
};

async function prepare(): Promise<Prepared> {
  const place = await findBroker();
  if (place.own !== undefined) await openBroker(place).start();
  return { contests: [contest(place, 1), contest(place, 256)], close: () => removeBroker(place) };
}

function contest(place: BrokerPlace, inFlight: number): Contest {
  const peer = (side: string, variant: Meeting["variant"], described: Omit<Peer, "open">): Peer => ({
    ...described,
    async open() {
      const runner = await openSide({ side, variant, place, inFlight, ...described });
      return side === "moleculer" && variant === "default" && inFlight > 1 ? once(runner) : runner;
    },
  });
  const moleculer = { from: "moleculer", checks: "types and ranges" } as const;
  const nest = { from: "@nestjs/microservices", checks: "types and ranges" } as const;
  return {
    title: `${inFlight} in flight`,
    peers: [
      peer("amqplib", "tuned", {
        label: "amqplib by hand",
        from: "amqplib",
        checks: "nothing",
        isFloor: true,
      }),
      peer("antwire", "default", { label: "Antwire", checks: "types and ranges" }),
      peer("moleculer", "default", { ...moleculer, label: "Moleculer, as it comes" }),
      peer("moleculer", "tuned", { ...moleculer, label: "Moleculer, tuned" }),
      peer("nest", "default", { ...nest, label: "NestJS, as it comes, zod" }),
      peer("nest", "tuned", { ...nest, label: "NestJS, tuned, zod" }),
    ],
  };
}

/** Its calls wait for 40 ms each, one after the other: to take the last answers is a matter of ten seconds and more. */
function once(runner: Runner): Runner {
  let sample: Promise<Sample> | undefined;
  return {
    ...runner,
    run(seconds) {
      sample ??= runner.run(seconds);
      return sample;
    },
  };
}

interface Plan extends Omit<Peer, "open"> {
  readonly side: string;
  readonly variant: Meeting["variant"];
  readonly place: BrokerPlace;
  readonly inFlight: number;
}

async function openSide({ side, variant, place, inFlight, checks }: Plan): Promise<Runner> {
  const application = `bench-${process.pid}-${side}-${variant}-${inFlight}`;
  const meeting: Meeting = { url: place.url, application, variant };
  const callee = await startSide(`amqp/${side}`);
  const caller = await startSide(`amqp/${side}`);
  await callee.request("serve", meeting);
  await caller.request("open", meeting);
  await caller.request("check", checks);
  const readCalleeCpu = async () => {
    const { user, system } = await callee.request<NodeJS.CpuUsage>("cpu");
    return user + system;
  };
  const broker = place.own && Number(readFileSync(join(place.own.folder, "pid"), "utf8"));
  const readBrokerCpu = () => (broker === undefined ? undefined : readProcessCpu(broker));
  return {
    async run(seconds): Promise<Sample> {
      const [calleeBefore, brokerBefore] = [await readCalleeCpu(), readBrokerCpu()];
      const { calls, ...sample } = await caller.request<CallsMade>("run", { inFlight, seconds });
      const brokerAfter = readBrokerCpu();
      return {
        ...sample,
        cpu: sample.cpu + ((await readCalleeCpu()) - calleeBefore) / calls,
        ...(brokerBefore !== undefined &&
          brokerAfter !== undefined && { brokerCpu: (brokerAfter - brokerBefore) / calls }),
      };
    },
    async close() {
      await caller.close();
      await callee.close();
    },
  };
}
