import type { Codec } from "../codec/codec.js";
import { noArguments } from "../codec/no-arguments.js";
import type { MethodContract } from "../contract/method.js";
import type { PushContract } from "../contract/push.js";
import type { Routes } from "../contract/route.js";
import { object, plain } from "../json/forms.js";

/** What a client needs to come back to its session. */
export interface Ticket {
  readonly session: string;
  readonly secret: string;
  /** Milliseconds for which the session outlives its connection. */
  readonly resumeMs: number;
}

/** Why the server ends a session. */
export interface Closing {
  /** `replaced`: the user began another session, and may have only one. `closed`: the application ended it. */
  readonly code: "replaced" | "closed";
  readonly reason: string;
}

const module = "Antwire";

/** Makes the secret with which a client can come back to its session. */
export const sessionMethod: MethodContract<[], Ticket> = {
  module,
  name: "session",
  kind: "call",
  access: "session",
  timeout: undefined,
  idempotent: false,
  parameters: [],
  args: noArguments,
  result: ownCodec(({ session, secret, resumeMs }) => [session, secret, resumeMs]),
  failures: [],
};

/** Tells a client why its session is about to end. */
export const closedPush: PushContract<Closing> = {
  module,
  name: "closed",
  value: ownCodec(({ code, reason }) => [code, reason]),
};

/** The routes of the application, and those that the gateway itself has for all clients. */
export function withOwnRoutes({ methods, pushes, failures }: Routes): Routes {
  const ticket = object({ session: plain, secret: plain, resumeMs: plain });
  const closing = object({ code: plain, reason: plain });
  return {
    methods: new Map([
      ...methods,
      [`${module}/${sessionMethod.name}`, { method: sessionMethod, parameters: [], result: ticket }],
    ]),
    pushes: new Map([...pushes, [`${module}/${closedPush.name}`, { push: closedPush, value: closing }]]),
    failures,
  };
}

/** The codec of what the gateway itself makes, and nobody sends it. */
function ownCodec<T>(write: (value: T) => readonly unknown[]): Codec<T> {
  return {
    write,
    read() {
      throw new TypeError("only the gateway makes this, and it does not read it");
    },
    copy: (value) => value,
  };
}
