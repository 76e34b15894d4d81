import type { JsonForm } from "../json/form.js";
import type { MethodContract } from "./method.js";
import type { PushContract } from "./push.js";

/** What a client reaches by the topic `rpc/<Module>/<method>`, with the JSON forms of what it sends and gets. */
export interface MethodRoute {
  readonly method: MethodContract;
  /** In the order of the method's parameters. */
  readonly parameters: readonly JsonForm[];
  readonly result: JsonForm;
}

/** What a client hears on `on/<Module>/<push>`. */
export interface PushRoute {
  readonly push: PushContract;
  readonly value: JsonForm;
}

/** All that clients can reach, by `<Module>/<method>` and `<Module>/<push>`. Internal methods are not in it. */
export interface Routes {
  readonly methods: ReadonlyMap<string, MethodRoute>;
  readonly pushes: ReadonlyMap<string, PushRoute>;
  /** JSON forms of the declared failures' fields, by name. */
  readonly failures: ReadonlyMap<string, JsonForm>;
}
