import type { ConfiguredApplication, GatewayConfig, ModuleConfig, ModuleSource } from "../config/config.js";
import type { Session } from "../session/session.js";
import { createFake } from "./fakes.js";

/** Which modules are real, and what stands in for others. */
export interface Cast {
  /** The only module that is to be real; undefined for all that the config names and no fake replaces. */
  readonly only: string | undefined;
  readonly fakes: Readonly<Record<string, object | undefined>>;
}

/** What a test knows of a client before it connects. */
export interface Guests {
  /** The user that the client at an address is to be without being asked, if any. */
  userAt(address: string): string | undefined;
  opened(address: string, session: Session): void;
}

/** The config of an application under test. */
export function createTestConfig<Rpc>(
  { application, config }: ConfiguredApplication<Rpc>,
  cast: Cast,
  guests: Guests,
): ConfiguredApplication<Rpc> {
  // `onReady` begins what needs an address, and there is none.
  const { onReady: _, ...rest } = config;
  const gateway = { ...config.gateway, ...admitting(config.gateway, guests) };
  return { application, config: { ...rest, modules: castModules({ application, config }, cast), gateway } };
}

function castModules(
  { application, config }: ConfiguredApplication,
  { only, fakes }: Cast,
): Record<string, ModuleSource | ModuleConfig> {
  const keys = Object.keys(application.modules);
  const unknown = [...Object.keys(fakes), ...(only === undefined ? [] : [only])].find(
    (key) => !keys.includes(key),
  );
  if (unknown !== undefined) {
    throw new TypeError(`The IDL has no module "${unknown}"; it has ${keys.join(", ")}`);
  }
  if (only !== undefined && config.modules[only] === undefined) {
    throw new TypeError(`The config's \`modules\` have no ${only}`);
  }
  const modules: Record<string, ModuleSource | ModuleConfig> = {};
  for (const [key, contract] of Object.entries(application.modules)) {
    const fake = fakes[key] ?? (only === undefined || only === key ? undefined : {});
    if (fake === undefined) continue;
    const definition = createFake(key, contract, fake);
    modules[key] = async () => ({ default: definition });
  }
  for (const [key, source] of Object.entries(config.modules)) {
    if (source !== undefined) modules[key] ??= source;
  }
  return modules;
}

/** Lets those in whom the test names, and notes the session of everybody. */
function admitting(
  gateway: GatewayConfig | undefined,
  guests: Guests,
): Required<Pick<GatewayConfig, "authenticate">> {
  return {
    async authenticate(request, context) {
      guests.opened(request.address, context.session);
      const userId = guests.userAt(request.address);
      if (userId !== undefined) return { userId };
      return (await gateway?.authenticate?.(request, context)) ?? "guest";
    },
  };
}
