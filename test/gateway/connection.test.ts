import { expect, test } from "vitest";
import { systemClock } from "../../runtime/clock/clock.js";
import { defaultGatewayLimits } from "../../runtime/config/gateway-limits.js";
import { CallTally } from "../../runtime/gateway/call-tally.js";
import { Connection, type ConnectionHost } from "../../runtime/gateway/connection.js";
import { createCounters } from "../../runtime/gateway/counters.js";
import { Load } from "../../runtime/gateway/load.js";
import { FlushQueue } from "../../runtime/gateway/outbox.js";
import { Refusals } from "../../runtime/gateway/refusals.js";
import { Replies } from "../../runtime/gateway/replies.js";
import type { Transport } from "../../runtime/gateway/transport.js";
import { routes } from "./contracts.js";

test("no session is opened for a client that went away while the broker read its CONNECT", async () => {
  const silent = () => {};
  const transport: Transport = {
    address: "",
    queuedBytes: 0,
    listen: silent,
    write: silent,
    pause: silent,
    resume: silent,
    end: silent,
    destroy: silent,
  };
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  let admitted = 0;
  const host: ConnectionHost = {
    context: {
      routes,
      dispatcher: { dispatch: () => ({ cancel: silent }) },
      replies: new Replies(routes.failures),
      limits: defaultGatewayLimits,
      counters: createCounters(),
      refusals: new Refusals(log, { seconds: 0 }),
      load: new Load(systemClock),
      tally: new CallTally(),
      clock: { seconds: 0 },
      time: systemClock,
      log,
      isStopping: false,
    },
    flushes: new FlushQueue(),
    async admit() {
      admitted++;
    },
    onClosed: silent,
  };
  const connection = new Connection("1", transport, host);
  connection.onClosed();
  const connect = { clientId: "", keepAlive: 0, isClean: true, username: undefined, password: undefined };
  await expect(connection.admit(connect)).rejects.toThrow("The client has gone");
  expect(admitted).toBe(0);
});
