import { createRequire } from "node:module";
import type { ServiceProto } from "tsrpc-proto";
import type { Profile } from "../../idl/bench.js";

export interface ServiceType {
  api: { Echo: { req: Profile; res: Profile } };
  msg: Record<never, never>;
}

type Tsrpc = typeof import("tsrpc");

// Its ES module asks for a name that the version of `ws` which comes with it does not export.
export const { HttpServer, WsServer, WsClient }: Tsrpc = createRequire(import.meta.url)("tsrpc");

/** Options without which it writes every call to the console. */
export const quiet = { logLevel: "none", logReqBody: false, logResBody: false } as const;

const text = { type: "String" } as const;
const number = { type: "Number" } as const;
const uint = { type: "Number", scalarType: "uint" } as const;

/**
 * The service as TSRPC's generator describes it. Its only whole numbers without a sign are `uint`, which knows no
 * upper bound below that of doubles.
 */
export const serviceProto: ServiceProto<ServiceType> = {
  services: [{ id: 0, name: "Echo", type: "api" }],
  types: {
    "PtlEcho/ReqEcho": { type: "Reference", target: "Profile/Profile" },
    "PtlEcho/ResEcho": { type: "Reference", target: "Profile/Profile" },
    "Profile/Profile": {
      type: "Interface",
      properties: [
        { id: 0, name: "id", type: uint },
        { id: 1, name: "name", type: text },
        {
          id: 2,
          name: "team",
          type: {
            type: "Union",
            members: [
              { id: 0, type: { type: "Literal", literal: "red" } },
              { id: 1, type: { type: "Literal", literal: "blue" } },
              { id: 2, type: { type: "Literal", literal: "green" } },
            ],
          },
        },
        { id: 3, name: "level", type: uint },
        { id: 4, name: "points", type: uint },
        { id: 5, name: "x", type: number },
        { id: 6, name: "y", type: number },
        { id: 7, name: "hue", type: uint },
        { id: 8, name: "online", type: { type: "Boolean" } },
        { id: 9, name: "motto", type: text },
      ],
    },
  },
};
