import type { ConfiguredApplication } from "../../../runtime/config/config.js";

/** An application of one module, with its gateway in another process than the module. */
export function deploy(
  { application, config }: ConfiguredApplication,
  module: string,
): ConfiguredApplication {
  const processes = { edge: { gateway: true }, shop: { modules: [module] } };
  const amqp = {
    url: process.env.ANTWIRE_FAULTS_AMQP_URL ?? "amqp://127.0.0.1",
    application: process.env.ANTWIRE_FAULTS_APPLICATION ?? "versions",
  };
  return { application, config: { ...config, processes, amqp } };
}
