import type { ServiceSchema } from "moleculer";
import type { Profile } from "../../idl/bench.js";

/** The object in the language of Moleculer's own validator. */
const params = {
  id: { type: "number", integer: true, min: 0, max: 2 ** 32 - 1 },
  name: "string",
  team: { type: "enum", values: ["red", "blue", "green"] },
  level: { type: "number", integer: true, min: 0, max: 255 },
  points: { type: "number", integer: true, min: 0, max: 2 ** 32 - 1 },
  x: "number",
  y: "number",
  hue: { type: "number", integer: true, min: 0, max: 65_535 },
  online: "boolean",
  motto: "string",
};

/** The service, with its parameters checked or not. */
export function benchService(checked: boolean): ServiceSchema {
  return {
    name: "bench",
    actions: {
      pass: {
        ...(checked && { params }),
        handler: (context: { params: Profile }) => context.params,
      },
    },
  };
}
