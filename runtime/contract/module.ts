import type { MethodContract } from "./method.js";
import type { PushContract } from "./push.js";

/** A module as the generator describes it to the runtime. */
export interface ModuleContract {
  /** Its name in the IDL, such as `Chat`. */
  readonly name: string;
  readonly methods: Readonly<Record<string, MethodContract>>;
  readonly pushes: Readonly<Record<string, PushContract>>;
}
