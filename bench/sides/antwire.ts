import type { Addresses } from "../../runtime/index.js";
import { startApplication } from "../../runtime/process/application.js";
import type { Rpc } from "../generated/rpc.js";
import { defineBench, defineConfig, defineDesk } from "../generated/server.js";
import type { BenchPushes } from "../generated/skeletons/bench.js";

/** A running application with the module that benchmarks call. */
export interface Application {
  readonly rpc: Rpc;
  readonly push: BenchPushes;
  readonly addresses: Addresses;
  readonly mqttPort: number;
}

/** The group that hears the news. */
export const listeners = "listeners";

/** Starts the application as `antwire start` does, on free ports. */
export async function startBench(): Promise<Application> {
  let module: Pick<Application, "rpc" | "push"> | undefined;
  const definition = defineBench(({ rpc, push }) => {
    module = { rpc, push };
    return {
      echo: (_session, profile) => profile,
      pass: async (profile) => profile,
      plan: (_session, day) => day,
      listen: (session) => session.join(listeners),
    };
  });
  const desk = defineDesk(() => ({ async enter() {} }));
  const { addresses } = await startApplication(
    defineConfig({
      modules: { bench: async () => ({ default: definition }), desk: async () => ({ default: desk }) },
      // A load of few connections makes more calls each than a player does, and all come from one address.
      gateway: {
        http: 0,
        mqtt: 0,
        limits: { callsPerSecond: 1e9, connectionsPerAddress: 1e9, connectsPerSecond: 1e9 },
      },
    }),
  );
  if (module === undefined) throw new Error("the module was not set up");
  return { ...module, addresses, mqttPort: Number(new URL(addresses.mqtt).port) };
}
