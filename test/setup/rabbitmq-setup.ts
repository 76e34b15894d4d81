import type { TestProject } from "vitest/node";
import { openBroker, placeBroker, removeBroker } from "./rabbitmq.js";
import { provideTools } from "./tools.js";

/** Runs once before the tests that need a broker: finds or installs RabbitMQ and starts a node of its own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.ANTWIRE_TEST_AMQP_URL === undefined) provideTools(["rabbitmq_server"]);
  const place = await placeBroker();
  if (place.own !== undefined) await openBroker(place).start();
  project.provide("broker", place);
  return () => removeBroker(place);
}
