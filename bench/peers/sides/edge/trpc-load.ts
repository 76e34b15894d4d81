import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import { answer } from "../../../harness/answer.js";
import { overConnections } from "../../harness/load.js";
import type { Router } from "../trpc.js";

// Node 20 has no WebSocket of its own; the one of `ws` has what tRPC uses.
Object.assign(globalThis, { WebSocket });

answer(
  overConnections(async (url) => {
    const client = createTRPCClient<Router>({ links: [wsLink({ client: createWSClient({ url }) })] });
    return (profile) => client.echo.mutate(profile);
  }),
);
