import type { Codec } from "../../runtime/codec/codec.js";
import { refuse } from "../../runtime/codec/refusal.js";
import type { PushContract } from "../../runtime/contract/push.js";
import {
  defineModule,
  type ModuleContext,
  type ModuleDefinition,
} from "../../runtime/module/define-module.js";
import { type HostedModule, type HostOptions, hostModule } from "../../runtime/module/host.js";
import type { Logger } from "../../runtime/module/logger.js";
import type { Audience } from "../../runtime/session/push-sink.js";
import type { PushTarget } from "../../runtime/session/push-target.js";
import { describe, type TagMethod } from "../call/stage.js";

const count: Codec<number> = {
  write: (value) => count.copy(value),
  read(wire) {
    if (typeof wire !== "number") refuse(null, "a number", wire);
    return wire;
  },
  copy: (value) => count.read(value),
};

export interface Pushes {
  readonly grown: PushTarget<number>;
}

export type Context = ModuleContext<unknown, Pushes>;

/** A module with the methods `look` and `list` and the push `grown`, as generated code would define it. */
export function define(
  name: string,
  setup: (context: Context) => object | Promise<object>,
): ModuleDefinition {
  const look: TagMethod = describe({ module: name, name: "look" });
  const list: TagMethod = describe({ module: name, name: "list" });
  const grown: PushContract<number> = { module: name, name: "grown", value: count };
  return defineModule<object, unknown, Pushes>({ name, methods: { look, list }, pushes: { grown } }, setup, {
    look: (handlers: Handlers, _session, args) => handlers.look(args[0]),
    list: (handlers: Handlers, _session, args) => handlers.list(args[0]),
  });
}

/** What a set-up has to return. */
export interface Handlers {
  look(tags: unknown): unknown;
  list(tags: unknown): unknown;
}

export const handlers: Handlers = { look: (tags) => tags, list: (tags) => tags };

/** What was logged, pushed and done, in order. */
export class Journal {
  readonly lines: string[] = [];
  readonly pushed: { push: string; audience: Audience; value: unknown }[] = [];

  readonly log: Logger = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields: object | string, message?: string) => {
      const err: unknown = typeof fields === "object" && "err" in fields ? fields.err : undefined;
      const cause = err instanceof Error ? (err.cause ?? err) : err;
      this.lines.push(`error: ${message ?? fields}: ${cause instanceof Error ? cause.message : cause}`);
    },
  };

  host(definition: ModuleDefinition, traits: Partial<HostOptions> = {}): HostedModule {
    return hostModule({
      definition,
      settings: {},
      rpc: {},
      node: "garden.main",
      sink: {
        push: (contract, audience, value) => {
          contract.value.copy(value);
          this.pushed.push({ push: `${contract.module}/${contract.name}`, audience, value });
        },
      },
      log: this.log,
      ...traits,
    });
  }

  /** A module that notes each step of its life. */
  living(name: string, breaks: { setUp?: boolean; start?: boolean; stop?: boolean } = {}): HostedModule {
    const step = (what: string, isBroken = false) => {
      this.lines.push(`${name} ${what}`);
      if (isBroken) throw new Error(`${name} breaks`);
    };
    return this.host(
      define(name, async ({ onStart, onStop }) => {
        onStart(() => step("starts", breaks.start));
        onStop(async () => step("stops", breaks.stop));
        step("is set up", breaks.setUp);
        return handlers;
      }),
    );
  }
}
